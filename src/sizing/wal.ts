import { roughBytes } from "../host/bytes.ts";
import type { Size } from "./memory.ts";
import { clamp, GB, MB, roundDown } from "./round.ts";
import type { Site } from "./site.ts";

/** Minutes between checkpoints: the first change of a page after each goes into the log as a whole page. */
export const checkpointMinutes = ({ kind }: Site): number =>
  kind === "dw" ? 30 : kind === "desktop" ? 5 : 15;

const COMPLETION_TARGET = 0.9;
/** Where nobody says how large the disk is: the larger the memory, the larger it will be. */
const UNKNOWN_DISK = 10 * GB;
const SMALL_HOST = 2 * GB;

/**
 * Room for the log between two checkpoints. The server starts one when max_wal_size / (1 + completion target) has been
 * written since the last began (CalculateCheckpointSegments in xlog.c).
 */
export function maxWalSize(site: Site, sharedBuffers: number, now = 0): Size {
  const { words, arithmetic, bytes } = wanted(site, sharedBuffers);
  const room = roomFor(site);
  // Nobody is harmed by more, where the disk has it.
  if (now > Math.min(bytes, room.bytes) && (now <= room.bytes || !isDiskKnown(site)))
    return {
      bytes: now,
      words: "what there is already",
      arithmetic: `${roughBytes(now)}, as there is already`,
    };
  const least = Math.min(GB, room.bytes);
  if (bytes <= room.bytes) return { bytes: roundDown(Math.max(bytes, least)), words, arithmetic };
  return {
    bytes: roundDown(room.bytes),
    words: room.words,
    arithmetic: `${room.words}, less than ${arithmetic}`,
  };
}

function wanted(site: Site, sharedBuffers: number): Size {
  const { kind, walRate, memory } = site;
  if (walRate !== undefined) {
    const minutes = checkpointMinutes(site);
    return {
      bytes: Math.max(GB, walRate * 60 * minutes * (1 + COMPLETION_TARGET)),
      words: "the log of a checkpoint's time and the next one's",
      arithmetic: `${roughBytes(walRate)} a second x ${minutes}min x (1 + ${COMPLETION_TARGET})`,
    };
  }
  if (kind === "desktop") return { bytes: GB, words: "the default", arithmetic: "1GB, the default" };
  // Measured: below 4GB a busy server of any size makes checkpoints by size, and each doubles the log that follows.
  const least = memory < SMALL_HOST ? GB : 4 * GB;
  const most = (kind === "dw" ? 64 : 16) * GB;
  return {
    bytes: clamp(2 * sharedBuffers, least, most),
    words: "twice shared_buffers",
    arithmetic: `2 x shared_buffers of ${roughBytes(sharedBuffers)}, between ${roughBytes(least)} and ${roughBytes(most)}`,
  };
}

const isDiskKnown = ({ walDisk, diskFree }: Site) => walDisk !== undefined || diskFree !== undefined;

/** How much of the disk the log may take; slots and a failing archive_command take the rest. */
function roomFor({ walDisk, diskFree, memory }: Site): { readonly bytes: number; readonly words: string } {
  const part = (bytes: number, percent: number, of: string) => ({
    bytes: Math.max((bytes * percent) / 100, 80 * MB),
    words: `${percent} % of the ${roughBytes(bytes)} ${of}`,
  });
  if (walDisk !== undefined) return part(walDisk, 40, "of pg_wal's own disk");
  if (diskFree !== undefined) return part(diskFree, 25, "that are free on the disk");
  const bytes = Math.max(UNKNOWN_DISK, memory / 8);
  return { bytes, words: `${roughBytes(bytes)}, as the size of the disk is not known` };
}

/** The server's own rule, a thirty-second of shared_buffers, ends at 16MB, which many sessions that write at once fill. */
export const walBuffers = ({ kind, cpus = 1 }: Site, sharedBuffers: number): number | undefined =>
  kind === "oltp" && cpus >= 16 && sharedBuffers >= 2 * GB ? 64 * MB : undefined;

/** Kept for reuse, so that a busy minute creates no files; what is more goes back to the disk. */
export function minWalSize(max: number, now = 0): number {
  const quarter = clamp(max / 4, Math.min(80 * MB, max), 4 * GB);
  const size = quarter >= GB ? Math.floor(quarter / GB) * GB : roundDown(quarter);
  return Math.max(size, Math.min(now, max));
}

/** Bytes of log that one process replays in a second: whole pages go fast, small records slowly; see docs/benchmark.md. */
const REPLAY = { fast: 200 * MB, slow: 12 * MB };
export const recoverySeconds = (bytes: number): { readonly fast: number; readonly slow: number } => ({
  fast: bytes / REPLAY.fast,
  slow: bytes / REPLAY.slow,
});
