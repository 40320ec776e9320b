import type { Cluster } from "../cluster/cluster.ts";
import type { ServerWords } from "../cluster/problems.ts";
import type { Place } from "../text/source.ts";
import type { AppliedSuppression } from "./suppressions.ts";

export const SEVERITIES = ["error", "warning", "info"] as const;
/** error: will not start, loses data, or lets someone in; warning: will hurt; info: worth knowing. */
export type Severity = (typeof SEVERITIES)[number];

/** Whom a rule is for; one without profiles is for all of them. */
export const PROFILES = ["default", "strict", "cis", "stig"] as const;
export type Profile = (typeof PROFILES)[number];

/** How sure a finding is: high where the files decide, low where most of it is about what they do not say. */
export const CONFIDENCES = ["high", "medium", "low"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** How a changed value takes effect. */
export type Apply = "reload" | "restart" | "session" | "initdb";

/** What people read about a rule. */
export interface RuleDocs {
  /** What goes wrong, and when people notice. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /** What surprises people. */
  readonly traps?: string;
  /** When to leave it as it is, and suppress the finding. */
  readonly leave?: string;
  /** Primary sources: the server's documentation or source. */
  readonly see: readonly string[];
}

/** One thing worth saying. The documentation page, the table of rules and `explain` are printed from this. */
export interface Rule {
  /** topic/name; never reused. */
  readonly id: `${string}/${string}`;
  /** One line, in words that a DBA would search for. */
  readonly title: string;
  readonly severity: Severity;
  /** Rows of the surveys, and the numbers of CIS and STIG: "A01", "CIS-17 5.4", "STIG V-233520". */
  readonly controls?: readonly string[];
  /** Only these profiles have it; absent = all of them, the default one too. */
  readonly profiles?: readonly Profile[];
  /** Where it applies, such as { postgres: ">=12" } or ">=12 <17"; the engine does not run it elsewhere. Absent = everywhere. */
  readonly versions?: { readonly postgres?: string; readonly pgbouncer?: string };
  /** A function, so that a run that prints none of it does not pay for all of it. */
  docs(): RuleDocs;
  /** Pure; yields what it finds in the cluster. */
  check(cluster: Cluster): Iterable<Draft>;
  /** For a rule about suppressions: runs behind all others. */
  afterwards?(suppressions: readonly AppliedSuppression[], rules: readonly string[]): Iterable<Draft>;
}

/** A replacement of one span. */
export interface Edit {
  readonly place: Place;
  readonly text: string;
}

/** A finding as a rule makes it; the engine adds the rule's own facts and turns places into lines and columns. */
export interface Draft {
  readonly place: Place;
  /** One sentence, with this file's own names and numbers. */
  readonly message: string;
  readonly severity?: Severity;
  /** High unless said. */
  readonly confidence?: Confidence;
  readonly setting?: string;
  readonly current?: string;
  /** The value, or the whole line where there is no setting, to write instead. */
  readonly suggested?: string;
  readonly apply?: Apply;
  readonly server?: ServerWords;
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  readonly fix?: { readonly title: string; readonly safe: boolean; readonly edits: readonly Edit[] };
}

export const defineRule = (rule: Rule): Rule => rule;
