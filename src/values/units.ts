import type { Setting } from "../catalog/setting.ts";
import type { Version } from "../catalog/version.ts";
import { isSpace, rint } from "./c-numbers.ts";

export type Unit = NonNullable<Setting["unit"]>;
export type UnitFamily = "memory" | "time";

/** Unit names, largest first, with their size in bytes or microseconds. They are case-sensitive: `kB`, not `KB`. */
const MEMORY: readonly (readonly [name: string, bytes: number])[] = [
  ["TB", 1024 ** 4],
  ["GB", 1024 ** 3],
  ["MB", 1024 ** 2],
  ["kB", 1024],
  ["B", 1],
];
const TIME: readonly (readonly [name: string, microseconds: number])[] = [
  ["d", 86_400_000_000],
  ["h", 3_600_000_000],
  ["min", 60_000_000],
  ["s", 1_000_000],
  ["ms", 1000],
  ["us", 1],
];

const BASE: Readonly<Record<Unit, number>> = {
  B: 1,
  kB: 1024,
  "8kB": 8192,
  MB: 1024 ** 2,
  ms: 1000,
  s: 1_000_000,
  min: 60_000_000,
};

export const familyOf = (unit: Unit): UnitFamily =>
  unit === "ms" || unit === "s" || unit === "min" ? "time" : "memory";

/** A number of base units in the largest unit that keeps it whole: 65536 kB is 64MB. */
export function inLargestUnit(value: number, base: Unit, version: Version): string {
  const size = value * BASE[base];
  const table = familyOf(base) === "memory" ? MEMORY : TIME;
  const known = unitNames(familyOf(base), version);
  for (const [name, unit] of table)
    if (value > 0 && known.includes(name) && Number.isInteger(size / unit)) return `${size / unit}${name}`;
  return String(value);
}

/** `B` came with 11, `us` with 12. */
export function unitNames(family: UnitFamily, version: Version): readonly string[] {
  if (family === "memory") return MEMORY.map(([name]) => name).slice(0, version.major >= 11 ? 5 : 4);
  return TIME.map(([name]) => name).slice(0, version.major >= 12 ? 6 : 5);
}

/** The server's HINT for a unit that it does not know: smallest unit first, with an "and". */
export function unitHint(unit: Unit, version: Version): string {
  const names = unitNames(familyOf(unit), version)
    .map((name) => `"${name}"`)
    .reverse();
  const last = names.pop();
  return `Valid units for this parameter are ${names.join(", ")}, and ${last}.`;
}

const MAX_UNIT_LENGTH = 3;

/** `text` behind the number, as a unit name: cut and trimmed as `convert_to_base_unit` does; undefined = garbage. */
function unitName(text: string): string | undefined {
  let end = 0;
  while (end < text.length && end < MAX_UNIT_LENGTH && !isSpace(text[end])) end++;
  return /^[ \t\n\v\f\r]*$/.test(text.slice(end)) ? text.slice(0, end) : undefined;
}

/** A number with a unit in the setting's base unit, as doubles do it from 12 on. Undefined: no such unit. */
export function toBaseUnit(value: number, text: string, base: Unit, version: Version): number | undefined {
  const table = familyOf(base) === "memory" ? MEMORY : TIME;
  const known = unitNames(familyOf(base), version);
  const index = known.indexOf(unitName(text) ?? "");
  const size = table[index]?.[1];
  if (size === undefined) return undefined;
  // Multiplied by a ratio, as in guc.c: `value * size / base` would round differently.
  const converted = value * (size / BASE[base]);
  const smaller = known[index + 1] === undefined ? undefined : table[index + 1]?.[1];
  if (smaller === undefined) return converted;
  // "30.1GB" becomes a whole number of MB, so that it reads back as something sensible (guc.c).
  return rint(converted / (smaller / BASE[base])) * (smaller / BASE[base]);
}

/** The same with the whole numbers of 10 and 11, which truncate when they divide. */
export function toBaseUnitWhole(
  value: number,
  text: string,
  base: Unit,
  version: Version,
): number | undefined {
  const table = familyOf(base) === "memory" ? MEMORY : TIME;
  const known = unitNames(familyOf(base), version);
  const size = table[known.indexOf(unitName(text) ?? "")]?.[1];
  return size === undefined ? undefined : Math.trunc((value * size) / BASE[base]);
}
