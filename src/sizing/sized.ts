import { type Budget, budgetFor, LEAST_WORK_MEM, type MemoryParts, workMem } from "./budget.ts";
import { type Count, connectionsFor, WORK_MEM_TO_KEEP } from "./connections.ts";
import {
  autovacuumWorkMem,
  effectiveCacheSize,
  maintenanceWorkMem,
  type Size,
  sharedBuffers,
} from "./memory.ts";
import { type ParallelWorkers, parallelWorkers } from "./parallel.ts";
import { connectionsBehind, DIRECT_CONNECTIONS, type PoolSizes, poolSizes } from "./pooler.ts";
import { sharedMemory } from "./shared-memory.ts";
import type { Site } from "./site.ts";
import { autovacuumWorkers } from "./vacuum.ts";
import { walBuffers } from "./wal.ts";

/** What a whole configuration is asked for. */
export interface Request {
  readonly site: Site & { readonly cpus: number };
  /** As many as somebody wants: of the pooler's clients where there is a pooler. */
  readonly connections?: number | undefined;
  /** Sessions that can work at the same time, where something bounds them below max_connections. */
  readonly sessions?: number | undefined;
  /** A PgBouncer in front, whose pools are ours to size. */
  readonly pooled: boolean;
  /** Background workers that extensions take. */
  readonly extensionWorkers: number;
  /** Is there an extension that keeps thousands of tables? */
  readonly manyTables: boolean;
  /**
   * What an existing server, or the primary of a standby, has: a number in the setting's unit, sizes in bytes;
   * undefined where there is none.
   */
  current(name: string): number | undefined;
}

/** Every number that another one depends on. */
export interface Sized {
  readonly request: Request;
  readonly pools: PoolSizes | undefined;
  readonly connections: Count;
  readonly parallel: ParallelWorkers;
  /** max_worker_processes */
  readonly processes: number;
  readonly buffers: Size;
  readonly cache: Size;
  readonly maintenance: Size;
  readonly vacuum: Size;
  readonly work: Size;
  readonly locks: number;
  /** Unset: what the server gives itself. */
  readonly walBuffers: number | undefined;
  readonly parts: MemoryParts;
  readonly budget: Budget;
}

/** The server's default. */
export const LOCKS = 64;
const LOCKS_FOR_MANY_TABLES = 256;
const WORKER_SLOTS = 16;

export function sized(request: Request): Sized {
  const { site, current } = request;
  const buffers = sharedBuffers(site);
  const parallel = parallelWorkers(site, request.extensionWorkers);
  const maintenance = maintenanceWorkMem(site);
  const workers = vacuumWorkers(request);
  const vacuum = autovacuumWorkMem(site, workers);
  const processes = Math.max(parallel.processes, current("max_worker_processes") ?? 0);
  const locks = Math.max(
    current("max_locks_per_transaction") ?? LOCKS,
    request.manyTables ? LOCKS_FOR_MANY_TABLES : 0,
  );
  const logBuffers = current("wal_buffers") ?? walBuffers(site, buffers.bytes);
  const { sessions = Number.POSITIVE_INFINITY } = request;
  const partsWith = (connections: number): Omit<MemoryParts, "workMem"> => ({
    sharedBuffers: buffers.bytes,
    sharedMemory: sharedMemory({
      sharedBuffers: buffers.bytes,
      connections,
      locksPerTransaction: locks,
      preparedTransactions: current("max_prepared_transactions"),
      workerProcesses: processes,
      walSenders: current("max_wal_senders"),
      autovacuumSlots: workerSlots(request) ?? workers,
      walBuffers: logBuffers,
      version: site.version,
    }),
    connections: Math.min(connections, sessions),
    hashMemMultiplier: hashMemMultiplier(request),
    parallelWorkers: parallel.parallel,
    autovacuumWorkers: workers,
    autovacuumWorkMem: vacuum.bytes,
    maintenanceWorkMem: maintenance.bytes,
  });
  const fits = (servers: number) =>
    (workMem(site, partsWith(connectionsBehind(servers)))?.bytes ?? 0) >= WORK_MEM_TO_KEEP;
  const pools = request.pooled ? poolSizes(site.cpus, request.connections, fits) : undefined;
  const connections = connectionsOf(request, pools, partsWith);
  const rest = partsWith(connections.count);
  const work = workMem(site, rest) ?? {
    bytes: LEAST_WORK_MEM,
    words: "the least that a sort can work with",
    arithmetic: "1MB, as nothing is left",
  };
  const parts = { ...rest, workMem: work.bytes };
  const budget = budgetFor(site, parts);
  const cache = effectiveCacheSize(site, buffers.bytes);
  return {
    request,
    pools,
    connections,
    parallel,
    processes,
    buffers,
    cache,
    maintenance,
    vacuum,
    work,
    locks,
    walBuffers: logBuffers,
    parts,
    budget,
  };
}

/** What was asked for, what there is already, or what the host can serve; a standby must not have fewer than its primary. */
function connectionsOf(
  { site, connections, current }: Request,
  pools: PoolSizes | undefined,
  partsWith: (connections: number) => Omit<MemoryParts, "workMem">,
): Count {
  const now = current("max_connections");
  const atLeastNow = (wanted: Count): Count =>
    now === undefined || now <= wanted.count
      ? wanted
      : { count: now, arithmetic: `${now}, as there are already; ${wanted.count} would do` };
  if (pools)
    return atLeastNow({
      count: connectionsBehind(pools.servers),
      arithmetic: `pools of ${pools.pool} + ${pools.reserve} in reserve, and ${DIRECT_CONNECTIONS} or more beside the pooler`,
    });
  if (connections !== undefined)
    return atLeastNow({ count: connections, arithmetic: `${connections}, as asked for` });
  return now === undefined
    ? connectionsFor(site, partsWith)
    : { count: now, arithmetic: `${now}, as there are already` };
}

/** 13 brought it with 1, where a hash has no more than a sort; from 15 on it is 2. */
function hashMemMultiplier({ site: { version }, current }: Request): number {
  if (version.major < 13) return 1;
  return Math.max(current("hash_mem_multiplier") ?? 2, version.major < 15 ? 2 : 1);
}

/** What bounds the workers besides their own setting, since 18. */
const workerSlots = ({ site, current }: Request): number | undefined =>
  site.version.major >= 18 ? (current("autovacuum_worker_slots") ?? WORKER_SLOTS) : undefined;

function vacuumWorkers(request: Request): number {
  const { site, current } = request;
  const workers = Math.max(autovacuumWorkers(site), current("autovacuum_max_workers") ?? 0);
  return Math.min(workers, workerSlots(request) ?? workers);
}
