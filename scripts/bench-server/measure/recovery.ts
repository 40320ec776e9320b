import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type DataDirectory, initdb, type Running } from "../../servers/cluster.ts";
import type { Release } from "../../servers/releases.ts";
import { loadPgbench, runPgbench } from "../pgbench.ts";

/** How long the server replayed after a crash, and how much. */
export interface Recovery {
  readonly scale: number;
  readonly sharedBuffers: string;
  readonly fullPageWrites: boolean;
  readonly walBytes: number;
  readonly seconds: number;
}

const SCALES = [20, 200];
const CASES = [
  { sharedBuffers: "1GB", fullPageWrites: true },
  { sharedBuffers: "4GB", fullPageWrites: true },
  { sharedBuffers: "1GB", fullPageWrites: false },
] as const;

/** Kills a server in the middle of tpcb-like runs and times the replay at the next start. */
export async function measureRecovery(release: Release, seconds = 50): Promise<Recovery[]> {
  const found: Recovery[] = [];
  for (const scale of SCALES) {
    const directory = await initdb(release);
    try {
      const empty = await directory.start(["-c", "max_wal_size=64GB"]);
      await loadPgbench(empty, scale);
      await empty.stop();
      for (const one of CASES) found.push({ scale, ...one, ...(await crash(directory, one, seconds)) });
    } finally {
      directory.remove();
    }
  }
  return found;
}

async function crash(directory: DataDirectory, one: (typeof CASES)[number], seconds: number) {
  const options = [
    `shared_buffers=${one.sharedBuffers}`,
    `full_page_writes=${one.fullPageWrites ? "on" : "off"}`,
    ...["max_wal_size=64GB", "checkpoint_timeout=1h", "synchronous_commit=off"],
  ].flatMap((option) => ["-c", option]);
  const server = await directory.start(options);
  const client = await server.connect();
  await client.rows("checkpoint");
  client.close();
  const run = runPgbench(server, ["-c", "8", "-j", "2", "-M", "prepared", "-T", String(seconds * 2)]);
  await Promise.all([killAfter(server, seconds), run.catch(() => null)]);
  const again = await directory.start(options);
  await again.stop();
  return replayed(again.log());
}

/** kill -9 for the server and all its processes, as a power cut would end them. */
async function killAfter(server: Running, seconds: number): Promise<void> {
  await pause(seconds * 1000);
  const children = execFileSync("ps", ["-o", "pid=", "--ppid", String(server.pid)], { encoding: "utf8" });
  const all = [server.pid, ...children.trim().split(/\s+/).map(Number)];
  for (const pid of all)
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended since.
    }
  // The next start refuses as long as one of them is attached to the shared memory.
  while (all.some(runs)) await pause(50);
}

function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

function replayed(log: string) {
  const start = /redo starts at ([0-9A-F]+)\/([0-9A-F]+)/.exec(log);
  const end = /redo done at ([0-9A-F]+)\/([0-9A-F]+).*elapsed: ([\d.]+) s/.exec(log);
  if (!start || !end) throw new Error(`nothing was replayed:\n${log}`);
  return { walBytes: position(end) - position(start), seconds: Number(end[3]) };
}

const position = ([, high = "", low = ""]: RegExpExecArray) =>
  Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16);
