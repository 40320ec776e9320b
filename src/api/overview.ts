import type { Cluster } from "../cluster/cluster.ts";
import type { Conf } from "../cluster/conf.ts";
import { roughBytes } from "../host/bytes.ts";
import { listensOn } from "../rules/support/reach.ts";
import { bytesOf } from "../rules/support/tuning.ts";
import { type AccessSummary, explainAccess } from "./explain-hba.ts";

/** What pictures of a server show. It stands beside the report, whose form is fixed. */
export interface Overview {
  /** The main file, which tells several servers apart. */
  readonly path: string;
  readonly memory?: MemoryOverview;
  readonly access: readonly AccessOverview[];
}

/** The host's memory when every session works at once. */
export interface MemoryOverview {
  readonly total: number;
  readonly from: string;
  readonly parts: readonly MemoryPart[];
}

export interface MemoryPart {
  readonly name: string;
  readonly bytes: number;
  /** The settings that make it up, with their values. */
  readonly arithmetic: string;
}

/** Who gets in by a pg_hba.conf, or by the auth_hba_file of a pooler. */
export interface AccessOverview extends AccessSummary {
  /** Where PostgreSQL listens. */
  readonly listens: ReturnType<typeof listensOn>;
}

export function overviewOf(cluster: Cluster): Overview {
  const { conf, host, kinds, files } = cluster;
  const [main] = kinds.keys();
  return {
    path: conf?.main.path ?? main?.path ?? files.paths[0] ?? "",
    ...(conf?.whole && host.memory && { memory: memoryOf(conf, host.memory) }),
    access: explainAccess(cluster).map((summary) => ({
      ...summary,
      listens: summary.dialect === "postgres" ? listensOn(conf) : "unknown",
    })),
  };
}

function memoryOf(conf: Conf, { value: total, from }: { value: number; from: string }): MemoryOverview {
  const number = (name: string) => Number(conf.get(name)?.value ?? 0);
  const bytes = (name: string) => {
    const setting = conf.get(name);
    return setting ? bytesOf(setting) : 0;
  };
  const named = (name: string) => `${name} = ${roughBytes(bytes(name))}`;
  // -1 leaves it to the other setting.
  const perWorker = number("autovacuum_work_mem") < 0 ? "maintenance_work_mem" : "autovacuum_work_mem";
  const times = (count: string, size: string) => ({
    bytes: number(count) * bytes(size),
    arithmetic: `${count} = ${number(count)}, times ${named(size)}`,
  });
  return {
    total,
    from,
    parts: [
      { name: "Shared buffers", bytes: bytes("shared_buffers"), arithmetic: named("shared_buffers") },
      { name: "One sort in every session", ...times("max_connections", "work_mem") },
      { name: "Autovacuum", ...times("autovacuum_max_workers", perWorker) },
    ],
  };
}
