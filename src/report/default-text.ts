import type { Setting } from "../catalog/setting.ts";

/** A default as a person would write it; an empty one has to be seen. */
export function defaultText(value: string | null, unit: Setting["unit"]): string {
  if (value === null) return "";
  if (unit === null || value === "0" || value.startsWith("-")) return value === "" ? "''" : value;
  return unit === "8kB" ? `${Number(value) * 8}kB` : `${value}${unit}`;
}
