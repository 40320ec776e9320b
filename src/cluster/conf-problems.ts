import type { Setting } from "../catalog/setting.ts";
import type { ConfEntry, ConfSyntaxError } from "../syntax/postgresql-conf.ts";
import type { Refusal } from "../values/parse.ts";
import type { Problem } from "./problems.ts";

/** A line that does not parse; `file-too-broken` is the server giving up on the file. */
export interface ConfSyntaxProblem extends Problem<"conf/syntax"> {
  readonly error: ConfSyntaxError;
}
export type ConfAbandonedProblem = Problem<"conf/abandoned">;

/** An include that cannot be followed. */
export interface ConfIncludeProblem extends Problem<"conf/include"> {
  readonly entry: ConfEntry;
  readonly reason: "missing" | "unreadable" | "directory" | "empty-name" | "too-deep" | "itself";
}

/** A file that may be missing, and is: an include_if_exists, or postgresql.auto.conf in the data directory. */
export interface ConfSkippedProblem extends Problem<"conf/skipped-file"> {
  readonly path: string;
  readonly reason: "include_if_exists" | "data_directory";
}

/** A name that this version of the server does not know. */
export interface ConfUnknownProblem extends Problem<"conf/unknown-setting"> {
  readonly entry: ConfEntry;
}

/** A value that the server does not take. */
export interface ConfValueProblem extends Problem<"conf/value"> {
  readonly entry: ConfEntry;
  readonly setting: Setting;
  readonly refusal: Refusal;
}

/** A setting that no configuration file can change. */
export interface ConfFixedProblem extends Problem<"conf/cannot-change"> {
  readonly entry: ConfEntry;
  readonly setting: Setting;
}

export type ConfProblem =
  | ConfSyntaxProblem
  | ConfAbandonedProblem
  | ConfIncludeProblem
  | ConfSkippedProblem
  | ConfUnknownProblem
  | ConfValueProblem
  | ConfFixedProblem;
