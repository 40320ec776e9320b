import { poolerVersionText } from "../catalog/pooler-version.ts";
import { versionText } from "../catalog/version.ts";
import { buildCluster } from "../cluster/build.ts";
import { type Cluster, filesRead } from "../cluster/cluster.ts";
import { type Declared, declaredOnTop, knownReleases, resolveTarget } from "../cluster/target.ts";
import { type Rulebook, runRules, type Timer } from "../engine/lint.ts";
import type { Report } from "../engine/report.ts";
import { SEVERITIES } from "../engine/rule.ts";
import type { Host } from "../host/facts.ts";
import { ANY_WORKLOAD, type Workload } from "../host/workload.ts";
import type { FileSet } from "../text/files.ts";
import type { LintInput } from "./lint.ts";
import { TOOL } from "./tool.ts";

/** What `lint` takes, with files from anywhere. */
export interface LintFilesInput extends Omit<LintInput, "files" | "primary" | "host"> {
  readonly host?: Host;
  readonly primary?: FileSet | undefined;
  readonly timer?: Timer;
  readonly rulebook: Rulebook;
}

/** A report, what it was made from, and how much was looked at for it. */
export interface Linted {
  readonly report: Report;
  readonly cluster: Cluster;
  readonly checked: { readonly settings: number };
}

/** The same over files from anywhere, such as a disk; `files.paths` are the roots, the main file first. */
export function lintFiles(
  files: FileSet,
  { target: wanted, host, workload, config, timer, primary, rulebook, ...more }: LintFilesInput,
): Linted {
  const declared = declaredIn(files);
  const target = resolveTarget(wanted ?? {}, knownReleases(declared.target), wanted?.from);
  const cluster = buildCluster(files, target, {
    ...more,
    primary: primary && buildCluster(primary, target),
    host: { ...declared.host, ...host },
    workload: { ...ANY_WORKLOAD, ...workload },
  });
  const { findings, suppressed } = runRules(cluster, rulebook, config, timer);
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const [error = 0, warning = 0, info = 0] = SEVERITIES.map(count);
  const report: Report = {
    schema: 1,
    tool: TOOL,
    target: {
      ...(cluster.hasPostgres && {
        postgres: { version: versionText(target.postgres), from: target.postgresFrom },
      }),
      ...(cluster.hasPooler && {
        pgbouncer: {
          version: poolerVersionText(target.pgbouncer),
          from: target.pgbouncerFrom,
        },
      }),
      ...(Object.keys(cluster.host).length > 0 && { host: cluster.host }),
      ...workloadShown(cluster.workload),
    },
    files: [...filesRead(cluster)].map(([source, kind]) => ({ path: source.path, kind })),
    findings,
    suppressed,
    summary: { error, warning, info },
  };
  return { report, cluster, checked: { settings: cluster.conf?.items.length ?? 0 } };
}

function workloadShown({ superusers: _, ...facts }: Workload): Pick<Report["target"], "workload"> {
  return Object.values(facts).every((fact) => fact === undefined) ? {} : { workload: facts };
}

/** What the first lines of the root files declare; the first file that says something wins. */
export function declaredIn(files: FileSet): Declared {
  let declared: Declared = { target: {}, host: {}, unread: [] };
  for (const path of files.paths) {
    const source = files.read(path);
    if (typeof source === "string") continue;
    const { target, host, unread } = declaredOnTop(source.text);
    declared = {
      target: { ...target, ...declared.target },
      host: { ...host, ...declared.host },
      unread: [...declared.unread, ...unread.map((words) => `${path}: ${words}`)],
    };
  }
  return declared;
}
