import { type History, historyOf } from "../../catalog/history.ts";
import { type Version, versionText } from "../../catalog/version.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { ConfUnknownProblem } from "../../cluster/conf-problems.ts";

/** Why a name is unknown to the target: it went, it is still to come, or it never was. */
export type Era = "removed" | "newer" | "never";

export interface UnknownName {
  readonly problem: ConfUnknownProblem;
  readonly history: History;
  readonly version: Version;
}

/** The unknown names of one kind. */
export function* unknownNames(cluster: Cluster, era: Era): Generator<UnknownName> {
  const version = cluster.target.postgres;
  for (const problem of cluster.problems("conf/unknown-setting")) {
    const history = historyOf(problem.entry.name) ?? {};
    if (eraOf(history, version) === era) yield { problem, history, version };
  }
}

function eraOf({ since, until, minors }: History, { major, minor }: Version): Era {
  if (since !== undefined && major < since) return "newer";
  if (minor !== null && minor < (minors?.[major] ?? 0)) return "newer";
  return until !== undefined && major > until ? "removed" : "never";
}

export const serverName = (version: Version): string => `PostgreSQL ${versionText(version)}`;
