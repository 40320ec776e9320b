import { byteLength } from "../../text/source.ts";
import { type CheckHook, dotSince, type HookFailure, quotedSince } from "./hook.ts";
import { checkMoment } from "./moment.ts";
import { isZone } from "./timezone.ts";

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

/** A moment in time as timestamptz_in reads one; abbreviations such as `CEST` are not loaded yet when it is checked. */
export const checkRecoveryTargetTime: CheckHook<string> = (text, { version, current }) => {
  if (text === "") return true;
  if (["now", "today", "tomorrow", "yesterday"].includes(text)) return {};
  const order = ORDERS.find((known) => String(current("DateStyle")).endsWith(known)) ?? "MDY";
  const verdict = checkMoment(text, { version, order, isZone: (name) => isZone(name, version) });
  if (verdict === "invalid") return {};
  if (verdict === "valid") return true;
  if (verdict !== "out-of-range")
    return { message: `time zone "${verdict.unknownZone}" not recognized`, fatal: true };
  return {
    detail: dotSince(18, `${version.major >= 18 ? "T" : "t"}imestamp out of range: "${text}"`, version),
  };
};

const ORDERS = ["YMD", "DMY", "MDY"] as const;

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
