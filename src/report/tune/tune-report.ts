import type { TOOL } from "../../api/tool.ts";
import type { Tuning } from "../../api/tune-files.ts";
import type { Host } from "../../host/facts.ts";
import type { WorkloadFacts } from "../../host/workload.ts";
import type { Paint } from "../paint.ts";

/** A fact that the values are made from, in words. */
export interface FactRow {
  readonly name: string;
  readonly value: string;
  /** Who says so. */
  readonly from: string;
}

/** What is printed: the values, and what they are for. */
export interface TuneReport {
  readonly tool: typeof TOOL;
  readonly target: {
    readonly postgres: { readonly version: string; readonly from: string };
    readonly host: Host;
    readonly workload: WorkloadFacts;
  };
  readonly facts: readonly FactRow[];
  readonly tuning: Tuning;
}

export interface TuneStyle {
  /** Without it, only ASCII is printed. */
  readonly unicode: boolean;
  readonly paint?: Paint | undefined;
}

/** A configuration for people or programs, as text. */
export type TuneFormat = (report: TuneReport, style: TuneStyle) => string;
