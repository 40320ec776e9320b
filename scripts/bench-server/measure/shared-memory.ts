import { sharedMemory } from "../../../src/sizing/shared-memory.ts";
import { type DataDirectory, initdb } from "../../servers/cluster.ts";
import type { Release } from "../../servers/releases.ts";

const MB = 1024 * 1024;
const BUFFERS = [32, 128, 512, 1024, 1536, 4096, 8192, 16_384, 40_960, 65_536, 131_072, 262_144, 1_048_576];
const CONNECTIONS = [20, 100, 500, 2000];
/** max_locks_per_transaction, and wal_buffers in MB where it is not left to the server. */
const REST: readonly (readonly [number, number | undefined])[] = [
  [64, undefined],
  [256, undefined],
  [1024, undefined],
  [64, 64],
];

/** Holds the formula of the sizing against what the servers print, over a grid; one row for each size of the buffers. */
export async function checkSharedMemory(releases: readonly Release[]): Promise<string[][]> {
  const directories = await Promise.all(releases.map(initdb));
  const rows: string[][] = [];
  for (const buffers of BUFFERS) {
    const errors: { bytes: number; share: number }[] = [];
    const usual: string[] = [];
    for (const directory of directories)
      for (const connections of CONNECTIONS)
        for (const [locks, wal] of REST) {
          const parts = { buffers, connections, locks, wal };
          const real = await printed(directory, parts);
          const error = Math.abs(calculated(directory.release.major, parts) - real);
          errors.push({ bytes: error, share: error / real });
          if (connections === 100 && locks === 64 && wal === undefined) usual.push(real.toFixed(0));
        }
    const bytes = Math.max(...errors.map((error) => error.bytes));
    const share = Math.max(...errors.map((error) => error.share));
    rows.push([`${buffers}MB`, ...usual, bytes.toFixed(0), `${(share * 100).toFixed(1)} %`]);
  }
  for (const directory of directories) directory.remove();
  const majors = releases.map(({ major }) => `PostgreSQL ${major}`);
  return [["shared_buffers", ...majors, "largest error", "relative"], ...rows];
}

interface Parts {
  readonly buffers: number;
  readonly connections: number;
  readonly locks: number;
  readonly wal: number | undefined;
}

async function printed(
  directory: DataDirectory,
  { buffers, connections, locks, wal }: Parts,
): Promise<number> {
  const options = [
    `shared_buffers=${buffers}MB`,
    `max_connections=${connections}`,
    `max_locks_per_transaction=${locks}`,
    ...(wal === undefined ? [] : [`wal_buffers=${wal}MB`]),
  ];
  const told = await directory.describe(
    "shared_memory_size",
    options.flatMap((option) => ["-c", option]),
  );
  return Number(told.stdout);
}

function calculated(major: number, { buffers, connections, locks, wal }: Parts): number {
  const bytes = sharedMemory({
    sharedBuffers: buffers * MB,
    connections,
    locksPerTransaction: locks,
    walBuffers: wal === undefined ? undefined : wal * MB,
    version: { major, minor: null },
  });
  return bytes / MB;
}
