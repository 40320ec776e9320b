import type { Version } from "../../catalog/version.ts";
import { hasZone } from "../../catalog/zones.ts";
import { byteLength } from "../../text/source.ts";
import { type CheckHook, dotSince, type HookFailure, quotedSince } from "./hook.ts";

const MAX_IDENTIFIER = 63;
const UINT64_MAX = 2n ** 64n - 1n;

export const checkRecoveryTarget: CheckHook<string> = (text) =>
  text === "" || text === "immediate" || { detail: 'The only allowed value is "immediate".' };

/** strtou64 with base 0 only fails on what does not fit: `xyz` is read as 0, and accepted. */
function fits64(text: string): boolean {
  const digits = /^[ \t\n\v\f\r]*[-+]?(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)/.exec(text)?.[1];
  if (digits === undefined) return true;
  return BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits) <= UINT64_MAX;
}

export const checkRecoveryTargetXid: CheckHook<string> = (text) => fits64(text) || {};

export const checkRecoveryTargetTimeline: CheckHook<string> = (text, { version }) =>
  text === "current" ||
  text === "latest" ||
  fits64(text) || {
    detail: `${quotedSince(17, "recovery_target_timeline", version)} is not a valid number.`,
  };

export const checkRecoveryTargetLsn: CheckHook<string> = (text) =>
  text === "" || /^[0-9a-fA-F]{1,8}\/[0-9a-fA-F]{1,8}$/.test(text) || {};

export const checkRecoveryTargetName: CheckHook<string> = (text, { version }) =>
  byteLength(text) <= MAX_IDENTIFIER || {
    detail: `${quotedSince(17, "recovery_target_name", version)} is too long (maximum ${MAX_IDENTIFIER} characters).`,
  };

/**
 * A moment in time as timestamptz_in reads one while the server starts: names of zones count, but no abbreviations
 * such as `Z` or `CEST`, which it does not have yet. Shapes that we do not know are left to the server.
 */
export const checkRecoveryTargetTime: CheckHook<string> = (text, { version }) => {
  if (text === "") return true;
  if (["now", "today", "tomorrow", "yesterday"].includes(text)) return {};
  if (!wordsOf(text).every((word) => WORDS.test(word) || isZoneName(version, word))) return {};
  if (!/\d/.test(text)) return /^\s*(?:now|today|tomorrow|yesterday)\s*$/i.test(text) || {};
  if (/^\s*(?:\d{1,4}|\d{1,2}:.*|\d{4}-\d{1,2})\s*$/.test(text)) return {};
  const date = /^\s*(\d{4,6})[-/](\d{1,2})[-/](\d{1,2})(?![\d/])(.*)$/.exec(text);
  if (!date) return true;
  const [, year, month, day, rest = ""] = date;
  if (!isDay(Number(year), Number(month), Number(day)) || !isTimeOfDay(rest)) return {};
  if (Number(year) <= 294_276) return true;
  return {
    detail: dotSince(18, `${version.major >= 18 ? "T" : "t"}imestamp out of range: "${text}"`, version),
  };
};

const WORDS =
  /^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december|mon|tues?|wed|thurs?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|bc|ad|am|pm|t|j|at|on|now|today|tomorrow|yesterday|allballs|dst|gmt|utc)$/i;

const wordsOf = (text: string): string[] => text.match(/[A-Za-z_]+(?:\/[A-Za-z_/+-]+)?/g) ?? [];
const isZoneName = (version: Version, word: string) => hasZone(version, word);

/** What may stand behind a date: a time, and how far it is from UTC. */
function isTimeOfDay(rest: string): boolean {
  const time = /^[T ]\s*(\d{1,2})(?::(\d{2})(?::(\d{2})(\.\d*)?)?)?\s*(am|pm)?/i.exec(rest);
  if (!time) return !/\d/.test(rest) || /^\s*[-+]/.test(rest);
  const [whole, hour = "0", minute, second = "0", , half] = time;
  if (minute === undefined) return false;
  const hours = Number(hour);
  const midnight = hours === 24 && Number(minute) === 0 && Number(second) === 0;
  if ((hours > 23 && !midnight) || Number(minute) > 59 || Number(second) > 60) return false;
  if (half && hours > 12) return false;
  const offset = /^\s*[-+](\d{1,2})(?:\d{2})?(?::|$|\s)/.exec(rest.slice(whole.length));
  return Number(offset?.[1] ?? 0) <= 15;
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

const SLOT_HINT =
  "Replication slot names may only contain lower case letters, numbers, and the underscore character.";

/** ReplicationSlotValidateName: why the name cannot be that of a slot. */
export function badSlotName(name: string): HookFailure | undefined {
  if (name === "") return { detail: `replication slot name "${name}" is too short` };
  if (byteLength(name) > MAX_IDENTIFIER) return { detail: `replication slot name "${name}" is too long` };
  if (!/^[a-z0-9_]*$/.test(name))
    return { detail: `replication slot name "${name}" contains invalid character`, hint: SLOT_HINT };
  return undefined;
}

/** 12 logs the reason as a warning of its own. */
export const checkPrimarySlotName: CheckHook<string> = (name, { version }) => {
  const failure = name === "" ? undefined : badSlotName(name);
  if (!failure) return true;
  return version.major === 12 && failure.detail !== undefined ? { before: failure.detail } : failure;
};
