import type { TargetInput, TargetOrigins } from "../cluster/target.ts";
import type { LintConfig } from "../engine/config.ts";
import type { Report } from "../engine/report.ts";
import type { HostInput } from "../host/facts.ts";
import type { Workload } from "../host/workload.ts";
import { rules } from "../rules/index.ts";
import { fileSet } from "../text/files.ts";
import type { FileInput } from "../text/source.ts";
import { checkedHost, checkedWorkload } from "./host-input.ts";
import { lintFiles } from "./lint-files.ts";

export interface LintInput {
  /** The main file first; files that it includes are found by path among the others. */
  readonly files: readonly FileInput[];
  readonly target?: TargetInput & { readonly from?: TargetOrigins };
  /** The server's machine; memory in bytes. */
  readonly host?: HostInput;
  readonly workload?: Partial<Workload>;
  readonly config?: LintConfig;
  /** The files of the server that this one is a standby of. */
  readonly primary?: readonly FileInput[];
  /** Settings from the server's command line (`-c name=value`), which no file overrides. */
  readonly options?: Readonly<Record<string, string>>;
}

/** Reads the files as the server does and says what it, and an experienced DBA, would say. */
export const lint = ({ files, primary, host, workload, ...input }: LintInput): Report =>
  lintFiles(fileSet(files), {
    ...input,
    rulebook: RULEBOOK,
    host: checkedHost(host ?? {}),
    workload: checkedWorkload(workload ?? {}),
    primary: primary && fileSet(primary),
  }).report;

const RULEBOOK = { rules, ids: rules.map(({ id }) => id) };
