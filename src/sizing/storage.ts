import type { Disk } from "../host/facts.ts";
import { clamp } from "./round.ts";
import type { Site } from "./site.ts";

/** What a page out of order costs beside one in order. Scans of a data warehouse find less of an index in memory. */
export function randomPageCost(disk: Disk, kind?: Site["kind"]): string {
  if (kind === "dw" && disk !== "hdd") return "1.5";
  return { nvme: "1.1", ssd: "1.1", network: "1.25", hdd: "4" }[disk];
}

/**
 * How many reads to ask for at once. 18 reads ahead with its own I/O workers and in larger pieces, so that it needs
 * fewer; its default of 16 is what commit ff79b5b measured as safe for slow devices. Up to 12 the number stood for
 * disks, of which n gave n x (1 + 1/2 + … + 1/n) reads.
 */
export function effectiveIoConcurrency(disk: Disk, { major }: Site["version"]): number {
  if (major >= 18) return { hdd: 16, ssd: 32, network: 64, nvme: 64 }[disk];
  if (major >= 13) return { hdd: 2, ssd: 64, network: 64, nvme: 128 }[disk];
  return { hdd: 2, ssd: 16, network: 16, nvme: 32 }[disk];
}

/** Up to 17 reading ahead needs posix_fadvise, and the server refuses any value but 0 without it. */
export const canReadAhead = ({ os, version }: Site): boolean =>
  version.major >= 18 || (os !== "windows" && os !== "macos");

/** Each vacuum worker asks for as many, so that fewer do. */
export const maintenanceIoConcurrency = (reads: number): number => Math.min(reads, 32);

/** A quarter of the CPUs; undefined leaves the 3 of the server. */
export const ioWorkers = (cpus: number): number | undefined =>
  cpus < 16 ? undefined : clamp(Math.floor(cpus / 4), 4, 32);
