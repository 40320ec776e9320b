import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Probe, Verdict } from "./probe.ts";

const PROGRAM = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].find((path) => existsSync(path));
const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** The installed release, such as "1.18"; undefined where there is none. */
export function installedPooler(): string | undefined {
  if (!PROGRAM) return undefined;
  return /PgBouncer (1\.\d+)/.exec(execFileSync(PROGRAM, ["--version"]).toString())?.[1];
}

/** Starts PgBouncer with the text, on a Unix socket of its own in an empty directory, and sees whether it comes up. */
export async function judgePooler({ text, files = {} }: Probe): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "pgb-"));
  own(folder);
  try {
    // The socket's directory comes first: a second [pgbouncer] header must not reset what a probe is about.
    const sockets = `[pgbouncer]\nunix_socket_dir = ${folder}\n`;
    for (const [path, content] of Object.entries({ ...files, "pgbouncer.ini": withSockets(text, sockets) })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Behind the text's own [pgbouncer] header, on the same line, so that line numbers stay; /tmp is used without. */
function withSockets(text: string, sockets: string): string {
  const line = sockets.split("\n")[1] ?? "";
  return /^\[pgbouncer\]\n/.test(text) ? text.replace(/^\[pgbouncer\]\n/, `[pgbouncer] ${line}\n`) : text;
}

function run(cwd: string): Promise<Verdict> {
  return new Promise((done, fail) => {
    const child = spawn(PROGRAM ?? "pgbouncer", ["pgbouncer.ini"], {
      cwd,
      stdio: ["ignore", "ignore", "pipe"],
      ...unprivileged,
    });
    let log = "";
    let accepts = false;
    const limit = setTimeout(() => child.kill("SIGKILL"), 5000);
    child.stderr?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      if (/process up: /.test(log)) {
        accepts = true;
        child.kill("SIGKILL");
      }
    });
    child.on("error", fail);
    child.on("close", () => {
      clearTimeout(limit);
      const messages = log
        .split("\n")
        .filter((line) => / (?:ERROR|FATAL) /.test(line))
        .map((line) => line.replace(/^.*? (?:ERROR|FATAL) /, ""))
        .filter((message) => message !== "cannot load config file" && message !== "fill_defaults fail");
      done({ accepts, messages: accepts ? [] : messages });
    });
  });
}

function own(path: string): void {
  if (unprivileged.uid !== undefined) chownSync(path, unprivileged.uid, unprivileged.uid);
}
