import { clusterOf } from "../api/cluster-of.ts";
import { type ServerValues, serverValues } from "../api/compare/server-values.ts";
import { Pool } from "../api/compare/values-pool.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { type Config, loadConfig } from "../node/config.ts";
import { findServers, type ServerFiles } from "../node/discover.ts";
import { type Disk, filesOn, openDisk } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";
import { ruleIds } from "../rules/ids.ts";
import { directoryOf } from "../text/files.ts";
import { type Args, text } from "./args.ts";
import { targetOf } from "./input.ts";
import type { Io } from "./io.ts";

/** Reads servers one after the other, and keeps nothing of their files. */
export class ServerReader {
  readonly #args: Args;
  readonly #io: Io;
  readonly #config: Config | undefined;
  readonly #pool = new Pool();

  constructor(args: Args, io: Io) {
    this.#args = args;
    this.#io = io;
    this.#config = loadConfig(text(args, "config"), io.cwd, ruleIds);
  }

  /** The servers that a path means; fragments only where they are named. */
  find(path: string): ServerFiles[] {
    const disk = openDisk(this.#io.cwd);
    // Of every server there is a file to look into for where the others are; that need not stay in memory.
    const forgetful: Disk = { ...disk, read: (file) => openDisk(this.#io.cwd).read(file) };
    return findServers([path], forgetful, (line) => this.#io.stderr(`pgconflint: ${line}\n`));
  }

  cluster(files: ServerFiles): Cluster {
    const disk = openDisk(this.#io.cwd);
    for (const path of files.asked) {
      const source = disk.read(path);
      if (typeof source === "string") throw new UserError(`${path}: ${source}`);
    }
    const set = filesOn(disk, files.roots);
    return clusterOf(set, targetOf(this.#args, this.#config, files.postgres, set));
  }

  /** Undefined: there is nothing to compare, such as a data directory without its configuration. */
  values(files: ServerFiles, path: string): ServerValues | undefined {
    const asked = new Set(files.asked);
    const values = serverValues(this.cluster(files), {
      path,
      standby: files.standby,
      asked: (file) => asked.has(file),
      pool: this.#pool,
    });
    const { postgres, pgbouncer, access } = values;
    return postgres === null && pgbouncer === null && access.length === 0 ? undefined : values;
  }
}

/** Where a server's files are. */
export const directoryOfServer = ({ roots: [first = ""] }: ServerFiles): string => directoryOf(first);
