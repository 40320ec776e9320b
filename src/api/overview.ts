import type { Cluster } from "../cluster/cluster.ts";
import { budgetOf } from "../rules/support/budget.ts";
import { listensOn } from "../rules/support/reach.ts";
import type { Budget } from "../sizing/budget.ts";
import { type AccessSummary, explainAccess } from "./explain-hba.ts";

/** What pictures of a server show. It stands beside the report, whose form is fixed. */
export interface Overview {
  /** The main file, which tells several servers apart. */
  readonly path: string;
  readonly memory?: MemoryOverview;
  readonly access: readonly AccessOverview[];
}

/** What may be taken of the host's memory, and who says how much there is. */
export interface MemoryOverview {
  readonly budget: Budget;
  readonly from: string;
}

/** Who gets in by a pg_hba.conf, or by the auth_hba_file of a pooler. */
export interface AccessOverview extends AccessSummary {
  /** Where PostgreSQL listens. */
  readonly listens: ReturnType<typeof listensOn>;
}

export function overviewOf(cluster: Cluster): Overview {
  const { conf, host, kinds, files } = cluster;
  const [main] = kinds.keys();
  const budget = budgetOf(cluster)?.budget;
  return {
    path: conf?.main.path ?? main?.path ?? files.paths[0] ?? "",
    ...(budget && { memory: { budget, from: host.memory?.from ?? "" } }),
    access: explainAccess(cluster).map((summary) => ({
      ...summary,
      listens: summary.dialect === "postgres" ? listensOn(conf) : "unknown",
    })),
  };
}
