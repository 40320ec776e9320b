import type { PoolerSection, PoolerSetting } from "../catalog/pgbouncer.ts";
import type { ConnectPair } from "../syntax/connect-string.ts";
import type { IniEntry } from "../syntax/pgbouncer-ini.ts";
import type { Problem } from "./problems.ts";

/** The scanner stops at a place that it cannot read. */
export interface PoolerSyntaxProblem extends Problem<"pooler/syntax"> {
  /** The text of the line, for the correction. */
  readonly text: string;
}
export interface PoolerSectionProblem extends Problem<"pooler/section"> {
  readonly reason: "unknown" | "missing" | "none-before";
  readonly name: string;
}
export interface PoolerIncludeProblem extends Problem<"pooler/include"> {
  readonly reason: "missing" | "too-deep";
  readonly path: string;
}
export interface PoolerUnknownProblem extends Problem<"pooler/unknown-setting"> {
  readonly entry: IniEntry;
}
export interface PoolerValueProblem extends Problem<"pooler/value"> {
  readonly entry: IniEntry;
  readonly setting: PoolerSetting;
}
/** A connection string of [databases], [users] or [peers]. */
export interface PoolerConnectProblem extends Problem<"pooler/connect-string"> {
  readonly entry: IniEntry;
  readonly section: PoolerSection;
  readonly reason: "syntax" | "unknown-key" | "port" | "word" | "host-missing";
  readonly pair: ConnectPair | null;
}
/** A name that cannot be that of a database or peer. */
export interface PoolerNameProblem extends Problem<"pooler/name"> {
  readonly entry: IniEntry;
  readonly reason: "reserved" | "too-long" | "peer";
}
/** The settings that a second [pgbouncer] header puts back to their defaults. */
export interface PoolerResetProblem extends Problem<"pooler/reset"> {
  readonly lost: readonly IniEntry[];
}
/** What keeps it from starting once the file is read. */
export interface PoolerStartProblem extends Problem<"pooler/start"> {
  readonly about: "tls" | "listen" | "kernel" | "file";
  readonly entry: IniEntry | null;
}
export interface UserlistProblem extends Problem<"userlist/broken"> {
  readonly reason: "no-quote" | "too-long" | "unfinished";
}
/** A line of auth_hba_file or auth_ident_file that is dropped, or that can never match. */
export interface PoolerHbaProblem extends Problem<"pooler/hba"> {
  readonly line: number;
  readonly reason: string;
  readonly dropped: boolean;
}

export type PoolerProblem =
  | PoolerSyntaxProblem
  | PoolerSectionProblem
  | PoolerIncludeProblem
  | PoolerUnknownProblem
  | PoolerValueProblem
  | PoolerConnectProblem
  | PoolerNameProblem
  | PoolerResetProblem
  | PoolerStartProblem
  | UserlistProblem
  | PoolerHbaProblem;
