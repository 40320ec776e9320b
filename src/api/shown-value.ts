import type { Setting } from "../catalog/setting.ts";
import { redact } from "../text/redact.ts";

/** A value without its secrets. The name is needed to tell one: `primary_conninfo = 'password=…'`. */
export const cleanValue = (name: string, value: string): string =>
  redact(`${name} = ${value}`).slice(name.length + 3);

/** A value of the catalog, in base units, as somebody would write it. */
export function withUnit(value: string, unit: Setting["unit"]): string {
  if (unit === null || value === "0" || value.startsWith("-")) return value === "" ? "''" : value;
  return unit === "8kB" ? `${Number(value) * 8}kB` : `${value}${unit}`;
}
