import type { Overview } from "../api/overview.ts";
import type { Finding, Report } from "../engine/report.ts";
import type { Rule, Severity } from "../engine/rule.ts";
import type { Tallied } from "./tally.ts";

/** A server of which there is no report, and why. */
export interface NotChecked {
  readonly name: string;
  readonly problem: string;
}

/** What a format may want besides the report. */
export interface Extras {
  /** The text of a line, for the code frame; undefined where there is none. */
  line(path: string, line: number): string | undefined;
  /** All rules, of which some formats print the documentation. */
  readonly rules: readonly Rule[];
  /** How much was looked at. */
  readonly settings: number;
  /** Does a finding of that severity fail the run? */
  fails(severity: Severity): boolean;
  /** What the pictures show, one for each server. */
  readonly overviews: readonly Overview[];
  /** The run in numbers, which is of interest where there are many servers. */
  readonly tallied?: Tallied;
  readonly notChecked?: readonly NotChecked[];
}

/** A report for people or programs, as text. */
export type Format = (report: Report, extras: Extras) => string;

export type Related = NonNullable<Finding["related"]>[number];
