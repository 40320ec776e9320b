import type { Workload } from "../host/workload.ts";
import { clamp, roundDown } from "./round.ts";

const MB = 1024 ** 2;
const GB = 1024 ** 3;

/** A size in bytes, and how it was come by. */
export interface Size {
  readonly bytes: number;
  readonly arithmetic: string;
}

/** What is left to PostgreSQL when the kernel and the rest of the host have a tenth, 4GB at most. */
export const usableMemory = (memory: number): number => memory - clamp(memory / 10, 96 * MB, 4 * GB);

/** A quarter of the memory; less where there is hardly any, and on a machine that is mainly used for other things. */
export function sharedBuffers(memory: number, kind?: Workload["kind"]): Size {
  if (kind === "desktop") return { bytes: roundDown(memory / 16), arithmetic: "a sixteenth of the RAM" };
  return memory < GB
    ? { bytes: roundDown(memory * 0.15), arithmetic: "15 % of the RAM" }
    : { bytes: roundDown(memory / 4), arithmetic: "a quarter of the RAM" };
}

/** What the planner may expect to find in shared_buffers and the kernel's cache together. */
export function effectiveCacheSize(memory: number, kind?: Workload["kind"]): Size {
  return kind === "desktop"
    ? { bytes: roundDown(memory / 4), arithmetic: "a quarter of the RAM" }
    : { bytes: roundDown(memory * 0.75), arithmetic: "three quarters of the RAM" };
}

/** Enough for the index builds of most tables; beyond 1GB little is won, and every autovacuum worker may take as much. */
export const maintenanceWorkMem = (memory: number): Size => ({
  bytes: roundDown(clamp(memory / 16, 16 * MB, GB)),
  arithmetic: "a sixteenth of the RAM, 1GB at most",
});

const CEILING = { web: 64 * MB, oltp: 64 * MB, mixed: 128 * MB, dw: GB, desktop: 64 * MB } as const;

/** What each sort may take so that the worst case stays within the host; undefined where less than 1MB is left. */
export function workMem(
  parts: MemoryParts,
  memory: number,
  kind: Workload["kind"] = "web",
): Size | undefined {
  const left = usableMemory(memory) - parts.sharedBuffers - autovacuumMemory(parts);
  const each = left / (parts.connections * parts.hashMemMultiplier);
  return each < MB
    ? undefined
    : {
        bytes: Math.min(roundDown(each), CEILING[kind]),
        arithmetic: `what is left for ${parts.connections} connections`,
      };
}

/** How many connections there may be with this work_mem; 0 where nothing is left for any. */
export function connectionsThatFit(parts: MemoryParts, memory: number): number {
  const left = usableMemory(memory) - parts.sharedBuffers - autovacuumMemory(parts);
  const fitting = Math.max(0, left / (parts.workMem * parts.hashMemMultiplier));
  return Math.floor(fitting / 10) * 10;
}

/** What takes memory at worst. Sizes in bytes. */
export interface MemoryParts {
  readonly sharedBuffers: number;
  readonly connections: number;
  readonly workMem: number;
  /** A hash may take this many times work_mem. */
  readonly hashMemMultiplier: number;
  readonly autovacuumWorkers: number;
  readonly autovacuumWorkMem: number;
}

const autovacuumMemory = ({ autovacuumWorkers, autovacuumWorkMem }: MemoryParts): number =>
  autovacuumWorkers * autovacuumWorkMem;

/** Every connection with one sort, and with one hash, while all autovacuum workers are busy. */
export function memoryAtWorst(parts: MemoryParts): { readonly sorting: number; readonly hashing: number } {
  const fixed = parts.sharedBuffers + autovacuumMemory(parts);
  const sorts = parts.connections * parts.workMem;
  return { sorting: fixed + sorts, hashing: fixed + sorts * parts.hashMemMultiplier };
}

/** All shared memory that goes with these buffers: measured on 18, 60MB and 2.3 % more. */
export const sharedMemory = (buffers: number): number => buffers * 1.023 + 60 * MB;
