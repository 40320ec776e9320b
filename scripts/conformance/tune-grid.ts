import { DISKS, type HostInput } from "../../src/host/facts.ts";
import { WORKLOADS, type WorkloadKind } from "../../src/host/workload.ts";
import type { TuneInput } from "../../src/index.ts";

const GB = 1024 ** 3;
export const MEMORY = [0.5, 1, 1.5, 2, 4, 6, 8, 16, 24, 32, 64, 96, 128, 256, 512, 1024, 2048].map(
  (size) => size * GB,
);
export const CPUS = [0.5, 1, 2, 3, 4, 6, 8, 12, 16, 32, 64, 128];
/** As many as we choose, or as somebody wants. */
export const CONNECTIONS = [undefined, 20, 300, 2000];

/** One host with what is asked for; memory rises before anything else changes, then connections. */
export interface GridPoint extends TuneInput {
  /** What kind of host or file it is about, for messages. */
  readonly variant: string;
  readonly workload: WorkloadKind;
  readonly files?: readonly TextFile[];
  readonly primary?: readonly TextFile[];
}

type TextFile = { readonly path: string; readonly text: string };

interface Variant {
  readonly name: string;
  readonly host?: HostInput;
  readonly pooler?: boolean;
  readonly files?: readonly TextFile[];
  readonly primary?: readonly TextFile[];
  /** Not in the list of a few hosts only. */
  readonly wide?: boolean;
}

const conf = (...lines: string[]) => [
  { path: "postgresql.conf", text: lines.map((line) => `${line}\n`).join("") },
];

const VARIANTS: readonly Variant[] = [
  { name: "plain", wide: true },
  { name: "container", host: { container: true, hugePages: 0, shm: 64 * 1024 ** 2 } },
  { name: "shared", host: { share: 0.5 } },
  { name: "huge pages", host: { hugePages: 2048 * GB } },
  { name: "zfs", host: { filesystem: "zfs", diskFree: 3 * GB } },
  { name: "pooler", pooler: true },
  {
    name: "stock file",
    files: conf("max_connections = 100", "shared_buffers = 128MB", "max_wal_size = 1GB"),
  },
  {
    name: "grown file",
    files: conf(
      ...["max_connections = 700", "max_worker_processes = 64", "max_locks_per_transaction = 512"],
      ...["max_wal_senders = 60", "max_prepared_transactions = 200", "autovacuum_max_workers = 10"],
      ...["wal_buffers = 128MB", "max_wal_size = 40GB", "shared_buffers = 96MB", "min_wal_size = 20GB"],
    ),
  },
  {
    name: "standby",
    files: conf("max_connections = 50", "max_wal_senders = 5"),
    primary: conf("max_connections = 400", "max_wal_senders = 40", "max_prepared_transactions = 50"),
  },
  { name: "timescaledb", files: conf("shared_preload_libraries = 'timescaledb'") },
];

/** Every host and every wish; the variants on a part of the hosts. */
export function* grid(major: number): Generator<GridPoint> {
  for (const { name: variant, host: facts, wide = false, ...more } of VARIANTS)
    for (const disk of DISKS)
      for (const workload of WORKLOADS)
        for (const cpus of wide ? CPUS : [0.5, 1, 4, 16, 64])
          for (const connections of CONNECTIONS)
            for (const memory of wide ? MEMORY : every(MEMORY, 4))
              yield {
                variant,
                host: { memory, cpus, disk, ...facts },
                workload,
                target: { postgres: String(major) },
                ...(connections !== undefined && { connections }),
                ...more,
              };
}

const every = <T>(all: readonly T[], step: number): T[] => all.filter((_, at) => at % step === 0);

export function words({ variant, host, workload, connections, target }: GridPoint): string {
  const memory = `${Math.round(host.memory / 1024 ** 2)}MB`;
  return `${variant}: ${memory}, ${host.cpus} CPUs, ${host.disk}, ${workload}, ${connections ?? "own"} connections, PostgreSQL ${target?.postgres}`;
}
