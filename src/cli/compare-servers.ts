import { clusterOf } from "../api/cluster-of.ts";
import { type ServerValues, serverValues } from "../api/compare/server-values.ts";
import { Pool } from "../api/compare/values-pool.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { type Config, loadConfig } from "../node/config.ts";
import { findServers, type ServerFiles } from "../node/discover.ts";
import { type Disk, openDisk } from "../node/disk.ts";
import { fenceFor } from "../node/fence.ts";
import { ruleIds } from "../rules/ids.ts";
import { directoryOf } from "../text/files.ts";
import { type Args, text } from "./args.ts";
import { fenceInput, readServer, tellRefused } from "./input.ts";
import { type Io, say } from "./io.ts";

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
    return findServers([path], this.#disk([path]), (line) => say(this.#io, line));
  }

  cluster(files: ServerFiles): Cluster {
    const disk = this.#disk(files.asked);
    const { files: set, target } = readServer(files, this.#args, { disk, config: this.#config });
    const cluster = clusterOf(set, target);
    tellRefused(disk.refused, this.#io);
    return cluster;
  }

  #disk(paths: readonly string[]): Disk {
    return openDisk(this.#io.cwd, undefined, fenceFor(paths, fenceInput(this.#args, this.#io)));
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
