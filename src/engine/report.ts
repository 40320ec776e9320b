import type { FileKind } from "../cluster/kinds.ts";
import type { ServerWords } from "../cluster/problems.ts";
import type { Host } from "../host/facts.ts";
import type { WorkloadFacts } from "../host/workload.ts";
import type { Apply, Confidence, Severity } from "./rule.ts";

/** What `lint` returns and `--format json` prints, documented by docs/report.schema.json. */
export interface Report {
  readonly schema: 1;
  readonly tool: { readonly name: "pgconflint"; readonly version: string };
  readonly target: {
    readonly postgres?: { readonly version: string; readonly from: string };
    readonly pgbouncer?: { readonly version: string; readonly from: string };
    readonly host?: Host;
    readonly workload?: WorkloadFacts;
  };
  readonly files: readonly { readonly path: string; readonly kind: FileKind }[];
  readonly findings: readonly Finding[];
  readonly suppressed: number;
  readonly summary: { readonly error: number; readonly warning: number; readonly info: number };
}

/** A rule that fired at a span; lines and columns are 1-based, `endColumn` is the one behind the last character. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Absent: high. */
  readonly confidence?: Confidence;
  readonly message: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly setting?: string;
  readonly current?: string;
  readonly suggested?: string;
  readonly apply?: Apply;
  readonly server?: ServerWords;
  readonly related?: readonly { readonly path: string; readonly line: number; readonly message: string }[];
  readonly fix?: Fix;
  readonly controls?: readonly string[];
  readonly help: string;
}

export interface Fix {
  readonly title: string;
  /** Safe: nothing that works today can work differently after it. */
  readonly safe: boolean;
  /** Offsets into the file's text, in UTF-16 units where the file is UTF-8 and in bytes where it is not. */
  readonly edits: readonly {
    readonly path: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[];
}
