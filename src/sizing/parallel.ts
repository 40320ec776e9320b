import { clamp, MB } from "./round.ts";
import { ownMemory, type Site } from "./site.ts";

export interface ParallelWorkers {
  /** max_worker_processes */
  readonly processes: number;
  /** max_parallel_workers */
  readonly parallel: number;
  /** max_parallel_workers_per_gather */
  readonly perGather: number;
  /** max_parallel_maintenance_workers */
  readonly maintenance: number;
}

/** The server's default, and room for the workers of logical replication beside the CPUs. */
const PROCESSES = 8;
const OTHER_WORKERS = 4;
/** With less for each worker than that, they take what the sessions need. */
export const MEMORY_FOR_A_WORKER = 128 * MB;

/** More workers than CPUs only take turns, with work_mem for each. `extensions` take background workers of their own. */
export function parallelWorkers(site: Site & { readonly cpus: number }, extensions = 0): ParallelWorkers {
  const cpus = Math.max(1, Math.floor(site.cpus));
  const parallel = Math.max(1, Math.min(cpus, Math.floor(ownMemory(site) / MEMORY_FOR_A_WORKER)));
  return {
    processes: Math.max(PROCESSES, cpus + OTHER_WORKERS) + extensions,
    parallel,
    perGather: Math.min(perGather(site, cpus), parallel),
    maintenance: cpus === 1 ? 0 : Math.min(cpus < 8 ? 2 : 4, parallel),
  };
}

/** Many short queries have CPUs enough to keep busy; a few long ones may have several each. */
function perGather({ kind }: Site, cpus: number): number {
  if (cpus === 1) return 0;
  if (kind === "dw") return clamp(Math.floor(cpus / 2), 1, 8);
  if (kind === "mixed") return clamp(Math.floor(cpus / 4), Math.min(2, Math.floor(cpus / 2)), 4);
  return Math.min(2, Math.floor(cpus / 2));
}
