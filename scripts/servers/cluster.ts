import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Client, openClient } from "./client.ts";
import type { Release } from "./releases.ts";

/** How a program ended and what it printed. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server that accepts connections. */
export interface Running {
  /** The folder of the Unix socket; its port is 5432 unless the start says otherwise. */
  readonly socket: string;
  readonly pid: number;
  /** What the server has printed so far. */
  log(): string;
  connect(user?: string, database?: string): Promise<Client>;
  /** A fast shutdown. */
  stop(): Promise<void>;
}

/** A data directory of its own in the temporary folder, made by initdb. */
export interface DataDirectory {
  readonly release: Release;
  readonly path: string;
  /** Writes a file; a relative path is inside the data directory. */
  write(file: string, text: string | Uint8Array): void;
  /** `postgres -C setting`: reads and checks the configuration, prints the value and exits. */
  describe(setting: string, options?: readonly string[]): Promise<Run>;
  /** Starts the server on a Unix socket only, unless the options say otherwise; rejects with its words. */
  start(options?: readonly string[], port?: number): Promise<Running>;
  /** Starts the server with these options and nothing else, and stops it again as soon as it is up. */
  tryStart(options: readonly string[]): Promise<{ readonly started: boolean; readonly log: string }>;
  remove(): void;
}

// PostgreSQL refuses to run as root, so root hands everything to `nobody`.
const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
const env = { PATH: process.env.PATH ?? "", LC_ALL: "C", TZ: "UTC" };

const leftFolders = new Set<string>();
const leftServers = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of leftServers) child.kill("SIGQUIT");
  for (const folder of leftFolders) rmSync(folder, { recursive: true, force: true });
});

/** Runs initdb; everything lies in one folder, which goes away with remove() or at the end of the process. */
export async function initdb(release: Release): Promise<DataDirectory> {
  // Short, because the path of a Unix socket may have 107 bytes only.
  const folder = mkdtempSync(join(tmpdir(), `pg${release.major}-`));
  leftFolders.add(folder);
  own(folder);
  const path = join(folder, "data");
  const made = await runProgram(release, "initdb", [
    ...["-D", path, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--nosync"],
  ]);
  if (made.code !== 0) throw new Error(`initdb of ${release.title} failed: ${made.stderr}`);
  return {
    release,
    path,
    write(file, text) {
      const target = file.startsWith("/") ? file : join(path, file);
      mkdirSync(dirname(target), { recursive: true });
      own(dirname(target));
      writeFileSync(target, text);
      own(target);
    },
    describe: (setting, options = []) =>
      runProgram(release, "postgres", ["-C", setting, "-D", path, ...options]),
    start: (options = [], port = 5432) => start(release, path, folder, options, port),
    tryStart: (options) => tryStart(release, path, options),
    remove() {
      rmSync(folder, { recursive: true, force: true });
      leftFolders.delete(folder);
    },
  };
}

/** Runs a program of the release as an unprivileged user. */
export function runProgram(release: Release, program: string, options: readonly string[]): Promise<Run> {
  return new Promise((done, fail) => {
    const child = launch(release, program, options);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", fail);
    child.on("close", (code) =>
      done({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

async function start(
  release: Release,
  path: string,
  folder: string,
  options: readonly string[],
  port: number,
): Promise<Running> {
  // Each start has a socket of its own, so that nobody talks to the server that ran before.
  const socket = mkdtempSync(join(folder, "s"));
  own(socket);
  const fixed = ["-D", path, "-k", socket, "-p", String(port), "-c", "listen_addresses="];
  const child = launch(release, "postgres", [...fixed, ...options]);
  leftServers.add(child);
  let log = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    log += chunk.toString();
  });
  const ended = new Promise<void>((done) => child.on("close", () => done()));
  ended.then(() => leftServers.delete(child));
  const connect = (user?: string, database?: string) =>
    openClient(join(socket, `.s.PGSQL.${port}`), user, database);
  while (!(await isReady(connect))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      await ended;
      throw new Error(`${release.title} did not start:\n${log}`);
    }
    await pause(20);
  }
  return {
    socket,
    pid: child.pid ?? 0,
    log: () => log,
    connect,
    async stop() {
      child.kill("SIGINT");
      await ended;
    },
  };
}

function tryStart(release: Release, path: string, options: readonly string[]) {
  const child = launch(release, "postgres", ["-D", path, ...options]);
  leftServers.add(child);
  let log = "";
  let started = false;
  child.stderr?.on("data", (chunk: Buffer) => {
    log += chunk.toString();
    if (started || !log.includes("ready to accept connections")) return;
    started = true;
    child.kill("SIGINT");
  });
  return new Promise<{ started: boolean; log: string }>((done) =>
    child.on("close", () => {
      leftServers.delete(child);
      done({ started, log });
    }),
  );
}

function launch(release: Release, program: string, options: readonly string[]): ChildProcess {
  return spawn(join(release.bin, program), options, {
    cwd: tmpdir(),
    env,
    stdio: ["ignore", "pipe", "pipe"],
    ...unprivileged,
  });
}

async function isReady(connect: () => Promise<Client>): Promise<boolean> {
  try {
    (await connect()).close();
    return true;
  } catch {
    return false;
  }
}

function own(path: string): void {
  if (unprivileged.uid !== undefined) chownSync(path, unprivileged.uid, unprivileged.gid);
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
