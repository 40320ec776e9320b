import type { Setting } from "../../catalog/setting.ts";
import type { Version } from "../../catalog/version.ts";
import { defineRule } from "../../engine/rule.ts";
import { familyOf, type Unit, unitNames } from "../../values/units.ts";
import { pgDocs } from "../support/sources.ts";
import { refusedValue, refusedValues, takes } from "../support/values.ts";

export default defineRule({
  id: "server/invalid-number",
  title: "a value that is no number, or has a unit that the server does not know",
  severity: "error",
  docs: {
    why: "Sizes end in B, kB, MB, GB or TB, times in us, ms, s, min, h or d, written just so: `512KB`, `4gb`, `128M` and `30 secs` keep the server from starting. There are no percentages and no thousands separators.",
    fix: "Write the number and the unit without anything between or behind them, such as 512kB, 4GB, 30s.",
    traps:
      "`B` came with 11, `us` and fractions such as 1.5GB with 12. A number without a unit counts in the setting's own unit, which differs from setting to setting.",
    see: [pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES")],
  },
  *check(cluster) {
    const version = cluster.target.postgres;
    for (const problem of refusedValues(cluster, "number", "unit")) {
      const { setting, entry } = problem;
      const meant = candidates(setting, entry.value.trim(), version).find((text) =>
        takes(version, setting, text),
      );
      yield refusedValue(
        problem,
        `${setting.name} = ${entry.value}: ${complaint(setting, entry.value, version)}.`,
        meant,
      );
    }
  },
});

function complaint(setting: Setting, text: string, version: Version): string {
  const word = /\d\s*([^\d\s.,]+)$/.exec(text.trim())?.[1];
  if (setting.unit === null)
    return word ? `the setting has no unit, not "${word}" either` : "this is not a number";
  const units = unitNames(familyOf(setting.unit), version).toReversed().join(", ");
  return word
    ? `there is no unit "${word}"; the units are ${units}`
    : `this is not a number with one of the units ${units}`;
}

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
function candidates(setting: Setting, text: string, version: Version): string[] {
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
  return table[word.toLowerCase()] ?? word;
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
  const [name, factor] = steps[unit] ?? [];
  return name && factor ? [`${Math.round(Number(digits) * factor)}${name}`] : [];
}
