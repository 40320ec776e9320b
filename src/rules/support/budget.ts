import type { Cluster } from "../../cluster/cluster.ts";
import { roughBytes } from "../../host/bytes.ts";
import type { MemoryParts } from "../../sizing/memory.ts";
import { type Sessions, sessionsOf } from "./sessions.ts";
import { bytesOf } from "./tuning.ts";

const GB = 1024 ** 3;

export interface Budget {
  readonly parts: MemoryParts;
  readonly sessions: Sessions;
}

/** What the configuration allows the server to take; undefined where a part of it is not known. */
export function budgetOf(cluster: Cluster): Budget | undefined {
  const { conf } = cluster;
  const sessions = sessionsOf(cluster);
  if (!conf?.whole) return undefined;
  const buffers = conf.known("shared_buffers");
  const workMem = conf.known("work_mem");
  const maintenance = conf.known("maintenance_work_mem");
  const ownMemory = conf.known("autovacuum_work_mem");
  const workers = conf.known("autovacuum_max_workers");
  const multiplier = conf.known("hash_mem_multiplier");
  if (!sessions || !buffers || !workMem || !maintenance || !ownMemory || !workers) return undefined;
  const perWorker = bytesOf(Number(ownMemory.value) < 0 ? maintenance : ownMemory);
  const slots = Number(conf.get("autovacuum_worker_slots")?.value ?? Number.POSITIVE_INFINITY);
  const parts = {
    sharedBuffers: bytesOf(buffers),
    connections: sessions.count,
    workMem: bytesOf(workMem),
    // Releases before 13 keep to work_mem.
    hashMemMultiplier: Number(multiplier?.value ?? 1),
    autovacuumWorkers: conf.known("autovacuum")?.value === false ? 0 : Math.min(Number(workers.value), slots),
    // Up to 16 a vacuum uses 1GB and no more.
    autovacuumWorkMem: conf.version.major >= 17 ? perWorker : Math.min(perWorker, GB),
  };
  return { parts, sessions };
}

/** The sum in words: "200 connections x 128MB of work_mem + 8GB of shared_buffers". */
export function budgetSum({ parts, sessions }: Budget): string {
  const { autovacuumWorkers: workers } = parts;
  const times = parts.hashMemMultiplier === 1 ? "" : ` x ${parts.hashMemMultiplier} for hashes`;
  return [
    `${parts.connections} ${sessions.words} x ${roughBytes(parts.workMem)} of work_mem${times}`,
    `${roughBytes(parts.sharedBuffers)} of shared_buffers`,
    ...(workers > 0 ? [`${workers} autovacuum workers x ${roughBytes(parts.autovacuumWorkMem)}`] : []),
  ].join(" + ");
}
