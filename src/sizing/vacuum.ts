import type { Disk } from "../host/facts.ts";
import { GB, MB } from "./round.ts";
import type { Site } from "./site.ts";

/** They share one budget of I/O, so that more of them are only for more large tables at once. */
export function autovacuumWorkers({ cpus = 1, memory }: Site): number {
  if (memory < 8 * GB || cpus < 16) return 3;
  return cpus >= 32 ? 6 : 4;
}

/** Units of work in every 2ms; undefined leaves the 200 of the server. */
export const costLimit = (disk: Disk): number | undefined =>
  ({ hdd: undefined, network: 400, ssd: 1000, nvme: 2000 })[disk];

const DIRTY_PAGE_COST = 20;
/** Bytes of pages that vacuum may make dirty in a second, all workers together. */
export const vacuumPace = (limit: number, delay = 2, pageCost = DIRTY_PAGE_COST): number =>
  (limit * (1000 / delay) * 8192) / pageCost;

/** A vacuum's ring of buffers, in bytes; undefined where the server's own is right. */
export function bufferUsageLimit(
  { disk, version: { major } }: Site,
  sharedBuffers: number,
): number | undefined {
  if (disk === "nvme" && sharedBuffers >= 8 * GB) return 16 * MB;
  // 16 brought it with 256kB, 17 made it 2MB.
  return major === 16 ? 2 * MB : undefined;
}
