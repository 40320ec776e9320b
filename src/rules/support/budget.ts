import type { Cluster } from "../../cluster/cluster.ts";
import type { Conf } from "../../cluster/conf.ts";
import { roughBytes } from "../../host/bytes.ts";
import { type Budget, budgetFor, type MemoryParts } from "../../sizing/budget.ts";
import { GB } from "../../sizing/round.ts";
import { type SharedParts, sharedMemory } from "../../sizing/shared-memory.ts";
import type { Site } from "../../sizing/site.ts";
import { type Sessions, sessionsOf } from "./sessions.ts";
import { siteOf } from "./site.ts";
import { bytesOf } from "./tuning.ts";

/** What a configuration allows the server to take, on its host. */
export interface ConfBudget {
  readonly site: Site;
  readonly parts: MemoryParts;
  readonly sessions: Sessions;
  readonly budget: Budget;
}

/** The proof for a server's files; undefined where a part of it, or the host's memory, is not known. */
export function budgetOf(cluster: Cluster): ConfBudget | undefined {
  const site = siteOf(cluster);
  const sessions = sessionsOf(cluster);
  const parts = cluster.conf?.whole && sessions && partsOf(cluster.conf, sessions.count);
  if (!site || !sessions || !parts) return undefined;
  return { site, parts, sessions, budget: budgetFor(site, parts) };
}

function partsOf(conf: Conf, connections: number): MemoryParts | undefined {
  const size = (name: string) => {
    const setting = conf.known(name);
    return setting && bytesOf(setting);
  };
  const count = (name: string) => {
    const setting = conf.known(name);
    return setting && Number(setting.value);
  };
  const sharedBuffers = size("shared_buffers");
  const workMem = size("work_mem");
  const maintenanceWorkMem = size("maintenance_work_mem");
  const ownMemory = size("autovacuum_work_mem");
  const workers = count("autovacuum_max_workers");
  const parallelWorkers = count("max_parallel_workers");
  if (sharedBuffers === undefined || workMem === undefined || maintenanceWorkMem === undefined)
    return undefined;
  if (ownMemory === undefined || workers === undefined) return undefined;
  if (parallelWorkers === undefined) return undefined;
  const { version } = conf;
  const perWorker = ownMemory < 0 ? maintenanceWorkMem : ownMemory;
  const slots = count("autovacuum_worker_slots") ?? Number.POSITIVE_INFINITY;
  return {
    sharedBuffers,
    sharedMemory: sharedMemoryOf(conf) ?? sharedBuffers,
    connections,
    workMem,
    // Releases before 13 keep to work_mem.
    hashMemMultiplier: count("hash_mem_multiplier") ?? 1,
    parallelWorkers: Math.min(parallelWorkers, count("max_worker_processes") ?? parallelWorkers),
    autovacuumWorkers: conf.known("autovacuum")?.value === false ? 0 : Math.min(workers, slots),
    // Up to 16 a vacuum uses 1GB and no more.
    autovacuumWorkMem: version.major >= 17 ? perWorker : Math.min(perWorker, GB),
    maintenanceWorkMem,
  };
}

/** All shared memory that the server will ask the kernel for; undefined where the files do not tell. */
export function sharedMemoryOf(conf: Conf): number | undefined {
  const buffers = conf.known("shared_buffers");
  const connections = conf.known("max_connections");
  if (!buffers || !connections) return undefined;
  return sharedMemory({
    sharedBuffers: bytesOf(buffers),
    connections: Number(connections.value),
    ...sharedBeside(conf),
  });
}

/** What takes shared memory besides shared_buffers and connections. */
function sharedBeside(conf: Conf): Omit<SharedParts, "sharedBuffers" | "connections"> {
  const count = (name: string) => {
    const setting = conf.known(name);
    return setting && Number(setting.value);
  };
  const log = conf.known("wal_buffers");
  return {
    version: conf.version,
    locksPerTransaction: count("max_locks_per_transaction"),
    preparedTransactions: count("max_prepared_transactions"),
    workerProcesses: count("max_worker_processes"),
    walSenders: count("max_wal_senders"),
    autovacuumSlots: count(conf.version.major >= 18 ? "autovacuum_worker_slots" : "autovacuum_max_workers"),
    walBuffers: log && Number(log.value) > 0 ? bytesOf(log) : undefined,
  };
}

/** The sum in words: "200 connections x 128MB of work_mem x 2 for hashes = 50GB, shared memory 8.2GB, …". */
export function budgetSum({ budget, parts, sessions }: ConfBudget): string {
  return budget.parts
    .toSorted((one, other) => other.worst - one.worst)
    .map(({ name, worst, arithmetic }) =>
      name === "queries"
        ? `${arithmetic.replace(`${parts.connections} connections`, `${parts.connections} ${sessions.words}`)} = ${roughBytes(worst)}`
        : `${name} ${roughBytes(worst)}`,
    )
    .join(" + ");
}
