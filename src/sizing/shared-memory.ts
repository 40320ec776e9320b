import type { Version } from "../catalog/version.ts";
import { clamp, GB, MB } from "./round.ts";

/** What the size of the shared memory depends on. Sizes in bytes. */
export interface SharedParts {
  readonly sharedBuffers: number;
  readonly connections: number;
  readonly locksPerTransaction: number;
  /** Unset: a thirty-second of shared_buffers, 16MB at most. */
  readonly walBuffers?: number | undefined;
  readonly version: Version;
}

const kB = 1024;

/**
 * All shared memory of a server, fitted to what `postgres -C shared_memory_size` of 15-18 prints: descriptors and the
 * lookup table of the buffers are 2.25 % of them, a connection takes 50kB, a lock 0.4kB. `npm run conformance` holds it
 * to within 5 %.
 */
export function sharedMemory({ sharedBuffers, connections, version, ...parts }: SharedParts): number {
  const wal = parts.walBuffers ?? clamp(sharedBuffers / 32, 64 * kB, 16 * MB);
  const locks = (parts.locksPerTransaction - 64) * (connections + 20) * 0.4 * kB;
  // 17 sizes the caches of transaction states by shared_buffers, 18 brought its I/O workers' queues.
  const caches = version.major >= 17 ? Math.min(sharedBuffers / 128, 33 * MB) : 0;
  const io = version.major >= 18 ? 6 * MB : 0;
  return sharedBuffers * 1.0225 + wal + 4 * MB + connections * 50 * kB + locks + caches + io;
}

const HUGE_PAGE = 2 * MB;

/** vm.nr_hugepages for so much shared memory, and one in a hundred to spare. */
export const hugePagesFor = (bytes: number): number => Math.ceil((bytes * 1.01) / HUGE_PAGE);

/** From here on the page tables of a host with ordinary pages are worth setting huge ones aside for. */
export const HUGE_PAGES_PAY = 2 * GB;
