import type { Version } from "../catalog/version.ts";
import type { Disk } from "../host/facts.ts";
import { clamp, roundDown } from "./round.ts";

const GB = 1024 ** 3;

/** What a page out of order costs beside one in order. */
export const randomPageCost = (disk: Disk): string =>
  ({ nvme: "1.1", ssd: "1.1", network: "1.25", hdd: "4" })[disk];

/**
 * How many reads to ask for at once. 18 reads ahead with its own I/O workers and in larger pieces, so that it needs
 * fewer; its default of 16 is what commit ff79b5b measured as safe for slow devices.
 */
export function effectiveIoConcurrency(disk: Disk, { major }: Version): number {
  return major >= 18
    ? { hdd: 16, ssd: 32, network: 64, nvme: 64 }[disk]
    : { hdd: 2, ssd: 64, network: 64, nvme: 128 }[disk];
}

/** Room for the log of one checkpoint's worth of changes: as much as shared_buffers, within reason. */
export const maxWalSize = (buffers: number): number => roundDown(clamp(buffers, GB, 16 * GB));
