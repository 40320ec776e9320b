import { roughBytes } from "../host/bytes.ts";
import { clamp, GB, MB, roundDown } from "./round.ts";
import { ownMemory, type Site, usableMemory } from "./site.ts";

/** A size in bytes, how it was come by in words, and with this host's numbers. */
export interface Size {
  readonly bytes: number;
  readonly words: string;
  readonly arithmetic: string;
  /** Whether that gives more, which was cut to a size that a DBA would write. */
  readonly rounded?: boolean;
}

/** The most pages of 8kB that shared_buffers and effective_cache_size take, in whole GB. */
const MOST = 8191 * GB;

const size = (bytes: number, words: string, arithmetic: string): Size => ({
  bytes: roundDown(Math.min(bytes, MOST)),
  words,
  arithmetic,
  rounded: roundDown(bytes) < Math.floor(bytes),
});

/** A quarter of the memory; less where there is hardly any, and on a machine that is mainly used for other things. */
export function sharedBuffers(site: Site): Size {
  const share = sharedBuffersShare(site);
  const { databaseSize } = site;
  const enough = databaseSize === undefined ? undefined : Math.max(128 * MB, databaseSize * 1.2);
  if (enough !== undefined && enough < share.bytes)
    return size(
      enough,
      "room for the whole database",
      `${roughBytes(databaseSize ?? 0)} of data x 1.2, at least 128MB`,
    );
  return share;
}

/** What initdb writes, on hosts of any size. */
const INITDB_BUFFERS = 128 * MB;

function sharedBuffersShare(site: Site): Size {
  const own = ownMemory(site);
  const of = memoryWords(site);
  if (site.kind === "desktop") return size(own / 8, "a small part of the RAM", `${of} / 8`);
  if (own >= GB) return size(own / 4, "a quarter of the RAM", `${of} / 4`);
  const stock = Math.min(own / 4, INITDB_BUFFERS);
  return own * 0.15 > stock
    ? size(own * 0.15, "15 % of the RAM", `${of} x 15 %`)
    : size(stock, "as much as initdb gives", `128MB, a quarter of ${of} at most`);
}

/** "32GB", "50 % of 32GB" */
export function memoryWords(site: Site): string {
  const own = ownMemory(site);
  const all = Math.min(site.memory, site.commitLimit ?? site.memory);
  return own === all ? roughBytes(all) : `${Math.round((own / all) * 100)} % of ${roughBytes(all)}`;
}

/** What the planner may expect to find in shared_buffers and the kernel's cache together. */
export function effectiveCacheSize(site: Site, buffers: number): Size {
  const of = memoryWords(site);
  const cache =
    site.kind === "desktop"
      ? size(ownMemory(site) / 2, "half of PostgreSQL's part of the RAM", `${of} / 2`)
      : size(ownMemory(site) * 0.75, "three quarters of the RAM", `${of} x 75 %`);
  return cache.bytes < buffers ? size(buffers, "as much as shared_buffers", roughBytes(buffers)) : cache;
}

/** Windows counts these sizes in 32 bits up to 17. */
const WINDOWS_LIMIT = 2047 * MB;

/** The most that work_mem and maintenance_work_mem can be. */
export const largestWorkMem = ({ os, version }: Site): number =>
  os === "windows" && version.major <= 17 ? WINDOWS_LIMIT : Number.POSITIVE_INFINITY;

/** Enough for the index builds of most tables; beyond little is won. A data warehouse builds larger ones. */
export function maintenanceWorkMem(site: Site): Size {
  const usable = usableMemory(site);
  const [part, most] = site.kind === "dw" ? [8, 2 * GB] : [16, GB];
  return size(
    Math.min(clamp(usable / part, 16 * MB, most), largestWorkMem(site)),
    site.kind === "dw" ? "an eighth of the RAM, 2GB at most" : "a sixteenth of the RAM, 1GB at most",
    `${roughBytes(usable)} usable / ${part}, between 16MB and ${roughBytes(most)}`,
  );
}

/** 4 % of the memory for all workers together; each worker's part holds the dead rows of most tables. */
export function autovacuumWorkMem(site: Site, workers: number): Size {
  const usable = usableMemory(site);
  const most = site.memory >= 128 * GB ? GB : 512 * MB;
  return size(
    clamp((usable * 0.04) / workers, 8 * MB, most),
    `4 % of the RAM for ${workers} workers, ${roughBytes(most)} at most each`,
    `${roughBytes(usable)} usable x 4 % / ${workers} workers, between 8MB and ${roughBytes(most)}`,
  );
}
