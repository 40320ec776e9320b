import type { DeclaredHost } from "./host.ts";

/** The kinds of workload that the benchmark runs. */
export type Kind = "web" | "oltp" | "dw";

const KB = 1024;
const MB = 1024 * KB;
const GB = 1024 * MB;

const CONNECTIONS: Readonly<Record<Kind, number>> = { web: 200, oltp: 300, dw: 40 };
const MIN_WAL: Readonly<Record<Kind, number>> = { web: GB, oltp: 2 * GB, dw: 4 * GB };
const MAX_WAL: Readonly<Record<Kind, number>> = { web: 4 * GB, oltp: 8 * GB, dw: 16 * GB };
const IO_CONCURRENCY: Readonly<Record<DeclaredHost["disk"], number>> = { hdd: 2, ssd: 200, nvme: 1000 };

/** What PGTune gives that the embedded build refuses at start, because it was made without these libraries. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  wal_compression: "lz4: the build has no lz4",
  io_method: "io_uring: the build has no liburing",
};

/**
 * The values of PGTune (https://pgtune.leopard.in.ua, commit 7caef27 of 2026-07-30) for PostgreSQL 18 on Linux with
 * its middle answer about the size of the database ("about as large as memory").
 */
export function pgtune(host: DeclaredHost, kind: Kind, connections = CONNECTIONS[kind]): Map<string, string> {
  const { memory, cpus, disk } = host;
  const sharedBuffers = kilobytes(memory / 4);
  const maintenance = Math.min(kilobytes(memory / (kind === "dw" ? 8 : 16)), 8 * GB);
  // Its own rule for parallel workers starts at four processors; below, it counts with the default of eight.
  const workers = cpus >= 4 ? cpus : 8;
  const share = (memory - sharedBuffers) / ((connections + workers) * 3);
  const values: [string, string | number | undefined][] = [
    ["max_connections", connections],
    ["shared_buffers", size(sharedBuffers)],
    ["huge_pages", sharedBuffers >= 2 * GB ? "try" : "off"],
    ["effective_cache_size", size(kilobytes((memory * 3) / 4))],
    ["maintenance_work_mem", size(maintenance)],
    ["autovacuum_work_mem", maintenance >= 2 * GB ? "2GB" : undefined],
    ["min_wal_size", size(MIN_WAL[kind])],
    ["max_wal_size", size(MAX_WAL[kind])],
    ["checkpoint_completion_target", 0.9],
    ["wal_buffers", size(walBuffers(sharedBuffers))],
    ["default_statistics_target", kind === "dw" ? 500 : 100],
    ["random_page_cost", kind === "dw" || disk === "hdd" ? 4 : 1.1],
    ["effective_io_concurrency", IO_CONCURRENCY[disk]],
    ["work_mem", size(Math.max(kilobytes(kind === "dw" ? share / 2 : share), 4 * MB))],
    ["jit", kind === "dw" ? undefined : "off"],
    ...parallel(cpus, kind),
    ["autovacuum_max_workers", cpus >= 32 ? 5 : cpus >= 16 ? 4 : undefined],
  ];
  return new Map(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}

function parallel(cpus: number, kind: Kind): [string, number][] {
  if (cpus < 4) return [];
  const half = Math.ceil(cpus / 2);
  return [
    ["max_worker_processes", cpus],
    ["max_parallel_workers", cpus],
    ["max_parallel_workers_per_gather", kind === "dw" ? half : Math.min(half, 4)],
    ["max_parallel_maintenance_workers", Math.min(half, 4)],
  ];
}

function walBuffers(sharedBuffers: number): number {
  const share = kilobytes((sharedBuffers * 3) / 100);
  return share > 14 * MB ? 16 * MB : Math.max(share, 32 * KB);
}

const kilobytes = (bytes: number) => Math.floor(bytes / KB) * KB;

/** The largest unit in which the number is whole. */
function size(bytes: number): string {
  if (bytes % GB === 0) return `${bytes / GB}GB`;
  return bytes % MB === 0 ? `${bytes / MB}MB` : `${bytes / KB}kB`;
}
