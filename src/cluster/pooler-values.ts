import type { PoolerSetting } from "../catalog/pgbouncer.ts";
import { strtod, strtol } from "../values/c-numbers.ts";
import { sameWord } from "../values/lists.ts";

export type PoolerValue = number | string;

/** A value as PgBouncer's cfparser.c takes it; undefined where it does not. */
export function parsePoolerValue(setting: PoolerSetting, text: string): PoolerValue | undefined {
  switch (setting.type) {
    case "int":
      return parseInt32(text);
    case "uint":
      return unsigned(parseInt32(text));
    case "time":
      return parseTime(text);
    case "enum":
      return setting.values.find((word) => sameWord(word, text));
    case "atoi":
      return atoi(text);
    default:
      return text;
  }
}

/** strtol() of the whole text; what does not fit into 32 bits loses its upper ones, without an error. */
function parseInt32(text: string): number | undefined {
  const scanned = strtol(text);
  if (scanned.end === 0 || scanned.end !== text.length) return undefined;
  if (scanned.outOfRange) return scanned.value < 0 ? 0 : -1;
  return Number(BigInt.asIntN(32, BigInt(scanned.value)));
}

const unsigned = (value: number | undefined) => (value === undefined ? undefined : value >>> 0);

const MICROSECOND = 1e-6;

/** strtod() of the whole text, in seconds. What is too large for microseconds in 64 bits becomes 0. */
function parseTime(text: string): number | undefined {
  const scanned = strtod(text);
  if (scanned.end === 0 || scanned.end !== text.length || scanned.value < 0) return undefined;
  if (scanned.outOfRange && scanned.value !== 0 && !Number.isFinite(scanned.value)) return undefined;
  return scanned.value < MICROSECOND || scanned.value > 2 ** 63 * MICROSECOND ? 0 : scanned.value;
}

/** atoi(): the digits at the start, and 0 where there are none. */
export const atoi = (text: string): number =>
  Number(BigInt.asIntN(32, BigInt(Math.trunc(strtol(text, 10).value))));
