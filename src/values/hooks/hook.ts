import type { Version } from "../../catalog/version.ts";

export type Value = boolean | number | string;

/** What a check hook may know besides the value. */
export interface HookContext {
  readonly version: Version;
  /** The value of another setting at this point of the file: an earlier line, or the default. */
  current(name: string): Value;
}

/** Why a hook refuses a value. Without a `message` the server says `invalid value for parameter …`. */
export interface HookFailure {
  readonly message?: string;
  readonly detail?: string;
  readonly hint?: string;
  /** A warning that the server logs before it. */
  readonly before?: string;
  /** The server stops at once, with this message alone, instead of going on to the next setting. */
  readonly fatal?: true;
}

/** True: the value stands. `{ value }`: the server keeps this instead. */
export type HookVerdict = true | { readonly value: Value } | HookFailure;

/** A check hook of guc.c: a setting's own test of a value that has the right type and range. */
export type CheckHook<V extends Value = Value> = (value: V, context: HookContext) => HookVerdict;

export const LIST_SYNTAX: HookFailure = { detail: "List syntax is invalid." };
export const unknownWord = (word: string): HookFailure => ({ detail: `Unrecognized key word: "${word}".` });

/** Some texts gained their final dot, or quotes around a name, in a later major. */
export const dotSince = (major: number, text: string, version: Version): string =>
  version.major >= major ? `${text}.` : text;
export const quotedSince = (major: number, name: string, version: Version): string =>
  version.major >= major ? `"${name}"` : name;
