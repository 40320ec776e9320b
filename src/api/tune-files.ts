import { settingIn } from "../catalog/postgres.ts";
import { buildCluster } from "../cluster/build.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Target } from "../cluster/target.ts";
import { helpUrl } from "../engine/lint.ts";
import type { Finding } from "../engine/report.ts";
import type { Apply } from "../engine/rule.ts";
import { roughBytes } from "../host/bytes.ts";
import type { Host } from "../host/facts.ts";
import type { Workload } from "../host/workload.ts";
import { applyOf } from "../rules/support/conf.ts";
import { sessionBound } from "../rules/support/sessions.ts";
import { siteOf } from "../rules/support/site.ts";
import { bytesOf } from "../rules/support/tuning.ts";
import { connectionsThatFit } from "../sizing/budget.ts";
import { type GroupedAdvice, type Plan, plan } from "../sizing/plan.ts";
import type { Site } from "../sizing/site.ts";
import type { FileSet } from "../text/files.ts";
import { lineMap } from "../text/lines.ts";
import { type Change, changesTo } from "./tuned-changes.ts";

export interface TunedSetting extends GroupedAdvice {
  readonly apply: Apply;
  /** What an existing configuration has, as a person would write it. */
  readonly current?: string;
  /** Where it has that; neither for a default. */
  readonly path?: string;
  readonly line?: number;
  /** Whether the difference is worth a change; there is none to speak of within a fifth. */
  readonly changes: boolean;
}

export interface Tuning extends Pick<Plan, "pooler" | "kernel" | "budget"> {
  /** Settings of postgresql.conf. */
  readonly settings: readonly TunedSetting[];
  readonly findings: readonly Finding[];
  /** What the existing files need to become; see `Change`. */
  readonly changes: readonly Change[];
}

export interface TuneFilesInput {
  readonly host: Host;
  readonly workload: Workload;
  readonly target: Target;
  readonly connections?: number | undefined;
  readonly pooler?: boolean;
  readonly primary?: FileSet | undefined;
}

/** What to change, and what that was made from. */
export interface Tuned {
  readonly tuning: Tuning;
  readonly cluster: Cluster;
}

/** The same over files from anywhere, such as a disk. */
export function tuneFiles(files: FileSet, input: TuneFilesInput): Tuned {
  const { target, workload, host } = input;
  const primary = input.primary && buildCluster(input.primary, target);
  const cluster = buildCluster(files, target, { host, workload, primary });
  const site = siteOf(cluster);
  if (!site) throw new Error("sizing needs the host's memory");
  const cpus = site.cpus ?? 1;
  const planned = plan({
    site: { ...site, cpus },
    connections: input.connections,
    sessions: sessionBound(cluster)?.count,
    pooled: input.pooler ?? false,
    ...extensionsOf(cluster),
    current: (name) => currentOf([cluster, primary], name),
  });
  const changes = changesTo(cluster, planned.settings, primary);
  const changing = new Map(changes.map((change) => [change.name, change]));
  const tuning: Tuning = {
    settings: planned.settings.flatMap((advice) => {
      const setting = settingIn(target.postgres, advice.name);
      const change = changing.get(advice.name);
      if (!setting) return [];
      return {
        ...advice,
        apply: applyOf(setting),
        ...(change?.current !== undefined && { current: change.current }),
        ...whereItStands(cluster, advice.name),
        changes: change?.place !== "nowhere",
      };
    }),
    pooler: planned.pooler,
    kernel: planned.kernel,
    budget: planned.budget,
    findings: overcommitted(cluster, { ...site, cpus }, planned),
    changes: changes.filter(({ place }) => place !== "nowhere"),
  };
  return { tuning, cluster };
}

function whereItStands({ conf }: Cluster, name: string): Pick<TunedSetting, "path" | "line"> {
  const item = conf?.known(name)?.item;
  return item ? { path: item.source.path, line: lineMap(item.source).lineAt(item.entry.nameSpan.start) } : {};
}

/** Sizes in bytes, other numbers as they are; the larger one of a server and its primary, and nothing for -1, which is automatic. */
function currentOf(clusters: readonly (Cluster | undefined)[], name: string): number | undefined {
  const values = clusters.flatMap((cluster) => {
    const setting = cluster?.conf?.known(name);
    const value = setting && bytesOf(setting);
    return value === undefined || Number.isNaN(value) || value < 0 ? [] : [value];
  });
  return values.length > 0 ? Math.max(...values) : undefined;
}

/** timescaledb.max_background_workers, and a launcher. */
const TIMESCALE_WORKERS = 17;

function extensionsOf({ conf }: Cluster): { extensionWorkers: number; manyTables: boolean } {
  const libraries = String(conf?.get("shared_preload_libraries")?.value ?? "");
  const timescale = /(?:^|[,\s/"])timescaledb\b/.test(libraries);
  return { extensionWorkers: timescale ? TIMESCALE_WORKERS : 0, manyTables: timescale };
}

function overcommitted(cluster: Cluster, site: Site, { parts, budget }: Plan): Finding[] {
  const { worst, likely, usable, memory } = budget;
  if (worst.fits) return [];
  const percent = Math.round((worst.taken / usable) * 100);
  const over = roughBytes(-worst.left);
  const fitting = connectionsThatFit(site, parts);
  const item = cluster.conf?.set.get("max_connections")?.item;
  const at = item && lineMap(item.source).positionAt(item.entry.valueSpan.start);
  const end = item && lineMap(item.source).positionAt(item.entry.valueSpan.end);
  const quiet = likely.fits ? `; with ${likely.sessions} of them at work it would hold` : "";
  const advice = fitting > 0 ? `${fitting} connections would fit` : "not even ten would fit";
  return [
    {
      rule: "memory/worst-case",
      severity: "error",
      message: `${parts.connections} connections do not fit into ${roughBytes(memory)} of RAM: even with ${roughBytes(parts.workMem)} of work_mem they may take ${roughBytes(worst.taken)}, ${percent} % of the ${roughBytes(usable)} that PostgreSQL can use and ${over} too much${quiet}; ${advice}, with a pooler in front for the others.`,
      path: item?.source.path ?? cluster.files.paths[0] ?? "postgresql.conf",
      line: at?.line ?? 1,
      column: at?.column ?? 1,
      endLine: end?.line ?? 1,
      endColumn: end?.column ?? 1,
      setting: "max_connections",
      current: String(parts.connections),
      ...(fitting > 0 && { suggested: String(fitting) }),
      apply: "restart",
      help: helpUrl("memory/worst-case"),
    },
  ];
}
