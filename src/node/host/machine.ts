import { closeSync, constants, fstatSync, openSync, readdirSync, realpathSync, statfsSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { readUpTo } from "../streams.ts";

/** All that detection asks a machine for; undefined where there is no such thing, or it may not be seen. */
export interface Machine {
  /** As in process.platform. */
  readonly platform: string;
  /** What the system's own calls tell, where there is no /proc: bytes, and processors. */
  readonly memory: number;
  readonly processors: number;
  readText(path: string): string | undefined;
  list(directory: string): readonly string[];
  /** The path behind all links. */
  real(path: string): string | undefined;
  /** Of the file system that a path is on, in bytes; free is what others than root may use. */
  statfs(path: string): { readonly size: number; readonly free: number } | undefined;
}

export const thisMachine: Machine = {
  platform: process.platform,
  memory: totalmem(),
  processors: availableParallelism(),
  readText: (path) => attempt(() => readSmallFile(path)),
  list: (directory) => attempt(() => readdirSync(directory)) ?? [],
  real: (path) => attempt(() => realpathSync(path)),
  statfs: (path) =>
    attempt(() => {
      const { bsize, blocks, bavail } = statfsSync(path);
      return { size: bsize * blocks, free: bsize * bavail };
    }),
};

/** Files of /proc say that they have no size. A thousand containers make a mountinfo of less than this. */
const ENOUGH = 1024 ** 2;

/** Never waits for a pipe, never reads a device. */
function readSmallFile(path: string): string | undefined {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return fstatSync(descriptor).isFile()
      ? new TextDecoder().decode(readUpTo(descriptor, ENOUGH))
      : undefined;
  } finally {
    closeSync(descriptor);
  }
}

function attempt<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
