import { foldName } from "../../catalog/fold.ts";
import type { Version } from "../../catalog/version.ts";
import { hasAbbreviationSet, hasZone } from "../../catalog/zones.ts";
import { byteLength } from "../../text/source.ts";
import { strtod } from "../c-numbers.ts";
import type { CheckHook, HookVerdict } from "./hook.ts";
import { hasSeconds, isPosixZone } from "./posix-zone.ts";

const MAX_NAME_BYTES = 255;
const HOURS_A_WEEK = 7 * 24;

/** pg_tzset: a name of the server's time zone files, in any case, else a POSIX zone, which is read in capitals. */
export function isZone(name: string, version: Version): boolean {
  if (byteLength(name) > MAX_NAME_BYTES) return false;
  // tzload() skips a colon in front of a file's name.
  return hasZone(version, name.replace(/^:/, "")) || isPosixZone(name.toUpperCase());
}

function checkZone(name: string, version: Version): HookVerdict {
  if (!isZone(name, version)) return {};
  if (hasZone(version, name.replace(/^:/, "")) || !hasSeconds(name)) return true;
  // pg_tz_acceptable() looks at midnight of 2000-01-01 and takes an odd second for leap seconds.
  return {
    message: `time zone "${name}" appears to use leap seconds`,
    detail: "PostgreSQL does not support leap seconds.",
  };
}

/** check_timezone: a zone, a number of hours, or `interval '…'`. */
export const checkTimeZone: CheckHook<string> = (text, { version }) => {
  if (foldName(text.slice(0, 8)) === "interval") return checkInterval(text.slice(8));
  const hours = strtod(text);
  if (hours.end > 0 && hours.end === text.length) return checkHours(hours.value);
  return checkZone(text, version);
};

export const checkLogTimeZone: CheckHook<string> = (text, { version }) => checkZone(text, version);

const checkHours = (hours: number): HookVerdict =>
  Math.abs(hours) < HOURS_A_WEEK || { detail: "UTC timezone offset is out of range." };

function checkInterval(rest: string): HookVerdict {
  const quoted = /^[ \t\n\v\f\r]*'([^']*)'$/.exec(rest)?.[1];
  if (quoted === undefined) return {};
  // P1Y2M3DT4H of ISO 8601: what stands before the T is a date.
  const iso = /^\s*P([^T]*)/i.exec(quoted)?.[1] ?? "";
  if (/\d[YM]/i.test(iso)) return { detail: "Cannot specify months in time zone interval." };
  if (/\d[WD]/i.test(iso)) return { detail: "Cannot specify days in time zone interval." };
  if (/\b(?:years?|y|mons?|months?|decades?|centur(?:y|ies))\b/i.test(quoted))
    return { detail: "Cannot specify months in time zone interval." };
  if (/\b(?:days?|d|weeks?|w)\b/i.test(quoted))
    return { detail: "Cannot specify days in time zone interval." };
  // interval_in raises an error of its own, which ends the start-up at once.
  if (!/\d/.test(quoted))
    return { message: `invalid input syntax for type interval: "${quoted}"`, fatal: true };
  return true;
}

/** check_timezone_abbreviations: the name of a file in share/timezonesets, letters only. */
export const checkAbbreviations: CheckHook<string> = (name) => {
  // An empty name opens the directory itself.
  if (name === "") return { message: 'could not read time zone file "": Is a directory' };
  return (/^[A-Za-z]+$/.test(name) && hasAbbreviationSet(name)) || {};
};
