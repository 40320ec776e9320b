import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { type DataDirectory, initdb } from "../servers/cluster.ts";
import type { Release } from "../servers/releases.ts";
import type { DataSet } from "./workloads.ts";

/** A loaded data directory that no run touches, and its size. */
export interface Template {
  readonly directory: DataDirectory;
  /** Of the tables and indexes, in bytes. */
  readonly bytes: number;
}

export async function makeTemplate(release: Release, data: DataSet): Promise<Template> {
  const directory = await initdb(release);
  const quick = ["fsync=off", "max_wal_size=16GB", "shared_buffers=1GB", "maintenance_work_mem=512MB"];
  const server = await directory.start(["autovacuum=off", ...quick].flatMap((one) => ["-c", one]));
  await data.load(server);
  const client = await server.connect();
  // So that no run starts with the WAL and the dirty pages of the load.
  for (const statement of [
    "create extension pg_prewarm",
    "checkpoint",
    "select pg_switch_wal()",
    "checkpoint",
  ])
    await client.rows(statement);
  const [row] = await client.rows("select pg_database_size('postgres') as size");
  client.close();
  await server.stop();
  return { directory, bytes: Number(row?.size) };
}

/** Makes the working directory the same as the template again, and waits until it is on the disk. */
export function restore({ directory }: Template, work: DataDirectory): void {
  rmSync(work.path, { recursive: true, force: true });
  execFileSync("cp", ["-a", "--reflink=auto", directory.path, work.path]);
  execFileSync("sync", ["-f", work.path]);
}
