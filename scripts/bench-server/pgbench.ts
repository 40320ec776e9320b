import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Running } from "../servers/cluster.ts";
import { BenchError } from "./error.ts";

/** What one run of pgbench came to. */
export interface PgbenchResult {
  readonly tps: number;
  /** Milliseconds, the mean of all transactions. */
  readonly latency: number;
}

const FOLDERS = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"];

/** The program, which the embedded builds do not hold. */
export function pgbenchProgram(): string {
  const found = FOLDERS.map((folder) => join(folder, "pgbench")).find(existsSync);
  if (!found)
    throw new BenchError(
      "pgbench is not installed; on Debian: apt-get install postgresql-contrib (or postgresql-15)",
    );
  return found;
}

/** Such as "pgbench (PostgreSQL) 15.18". */
export function pgbenchVersion(): string {
  const told = execFileSync(pgbenchProgram(), ["--version"], { encoding: "utf8" });
  return told.trim().split(" ").slice(0, 3).join(" ");
}

/** Fills the pgbench tables: 100,000 accounts, about 15 MB, to each unit of scale. */
export async function loadPgbench(server: Running, scale: number): Promise<void> {
  await pgbench(server, ["-i", "-q", "-I", "dtGvp", "-s", String(scale)]);
}

/** Runs it, and reads what it printed. */
export async function runPgbench(server: Running, options: readonly string[]): Promise<PgbenchResult> {
  const text = await pgbench(server, ["-n", ...options]);
  const tps = Number(/^tps = ([\d.]+)/m.exec(text)?.[1]);
  const latency = Number(/^latency average = ([\d.]+) ms/m.exec(text)?.[1]);
  if (!(tps > 0)) throw new BenchError(`pgbench did nothing: ${text.trim().split("\n").at(-1)}`);
  return { tps, latency };
}

function pgbench(server: Running, options: readonly string[]): Promise<string> {
  const place = ["-h", server.socket, "-p", "5432", "-U", "postgres"];
  return new Promise((done, fail) => {
    const child = spawn(pgbenchProgram(), [...place, ...options, "postgres"]);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on("error", fail);
    child.on("close", (code) =>
      code === 0 ? done(stdout) : fail(new BenchError(`pgbench: ${stderr.trim().split("\n").at(-1)}`)),
    );
  });
}
