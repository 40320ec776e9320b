import type { Setting } from "../../catalog/setting.ts";
import type { Version } from "../../catalog/version.ts";
import { entryOf } from "../../text/entry-of.ts";
import { familyOf, type Unit } from "../../values/units.ts";

/** What people write for a unit, in lower case. */
const MEANT: Readonly<Record<string, string>> = {
  b: "B",
  byte: "B",
  bytes: "B",
  k: "kB",
  kb: "kB",
  ki: "kB",
  kib: "kB",
  kilobyte: "kB",
  kilobytes: "kB",
  m: "MB",
  mb: "MB",
  mi: "MB",
  mib: "MB",
  megabyte: "MB",
  megabytes: "MB",
  g: "GB",
  gb: "GB",
  gi: "GB",
  gib: "GB",
  gigabyte: "GB",
  gigabytes: "GB",
  t: "TB",
  tb: "TB",
  ti: "TB",
  tib: "TB",
  terabyte: "TB",
  terabytes: "TB",
};
const MEANT_TIME: Readonly<Record<string, string>> = {
  us: "us",
  usec: "us",
  microseconds: "us",
  ms: "ms",
  msec: "ms",
  msecs: "ms",
  millisecond: "ms",
  milliseconds: "ms",
  s: "s",
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  m: "min",
  min: "min",
  mins: "min",
  minute: "min",
  minutes: "min",
  h: "h",
  hr: "h",
  hrs: "h",
  hour: "h",
  hours: "h",
  d: "d",
  day: "d",
  days: "d",
};

/** Ways to write what was probably meant, the likeliest first. */
export function numberCandidates(setting: Setting, text: string, version: Version): string[] {
  const [, number, word = ""] = /^([-+]?[\d.,_]*\d)\s*([A-Za-z]*)\.?$/.exec(text) ?? [];
  if (number === undefined) return [];
  const digits = number.replaceAll(/[,_](?=\d{3}(?:\D|$))/g, "").replace(",", ".");
  const unit = setting.unit && word !== "" ? unitOf(setting.unit, word) : "";
  // Without its unit the number would mean something else.
  const bare = setting.unit === null ? [digits] : [];
  return [`${digits}${unit}`, ...smaller(digits, unit, version), ...bare];
}

function unitOf(base: Unit, word: string): string {
  const table = familyOf(base) === "memory" ? MEANT : MEANT_TIME;
  return entryOf(table, word.toLowerCase()) ?? word;
}

/** 1.5GB as 1536MB, for the releases that know no fractions. */
function smaller(digits: string, unit: string, version: Version): string[] {
  if (version.major >= 12 || !digits.includes(".")) return [];
  const steps: Readonly<Record<string, readonly [string, number]>> = {
    TB: ["GB", 1024],
    GB: ["MB", 1024],
    MB: ["kB", 1024],
    d: ["h", 24],
    h: ["min", 60],
    min: ["s", 60],
    s: ["ms", 1000],
  };
  const [name, factor] = entryOf(steps, unit) ?? [];
  return name && factor ? [`${Math.round(Number(digits) * factor)}${name}`] : [];
}
