import { fstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { readLine, readPipe, writeText } from "../node/streams.ts";
import type { Io } from "./io.ts";
import { main } from "./main.ts";

/** The word by which the program knows itself in a thread; to ask `node:worker_threads` costs 4 ms of every start. */
const THREAD = "--thread-of-check";

// File descriptors rather than process.stdout and process.stdin: they cost nothing at the start, and their errors
// arrive where the text is written.
let closed = false;
const io: Io = {
  stdout(text) {
    if (!writeText(1, text)) closed = true;
  },
  stderr(text) {
    try {
      writeText(2, text);
    } catch {
      // Nobody is left to be told.
    }
  },
  stdin: () => readPipe(0),
  env: process.env,
  cwd: process.cwd(),
  isTerminal: (stream = "stdout") => isTerminal(stream),
  isClosed: () => closed,
  ask(question) {
    if (!isTerminal("stdin") || !isTerminal("stdout")) return undefined;
    writeText(2, question);
    return readLine(0);
  },
  async threads() {
    const { Worker } = await import("node:worker_threads");
    const { availableParallelism } = await import("node:os");
    return {
      atOnce: availableParallelism(),
      // Beside dist/, where the build puts this file.
      start: (data) =>
        new Worker(join(__dirname, "../bin/pgconflint.js"), { argv: [THREAD], workerData: data }),
    };
  },
};
run(process.argv.slice(2));

async function run(argv: readonly string[]): Promise<void> {
  if (argv[0] === THREAD && (await import("./thread.ts")).serveThread()) return;
  process.exitCode = await main(argv, io);
}

/** process.stdout knows, but brings half of Node's network code; most runs are not on a terminal, and need none of it. */
function isTerminal(stream: "stdin" | "stdout" | "stderr"): boolean {
  try {
    const descriptor = { stdin: 0, stdout: 1, stderr: 2 }[stream];
    const { rdev } = statSync("/dev/null", { throwIfNoEntry: false }) ?? {};
    const stat = fstatSync(descriptor);
    if (!stat.isCharacterDevice() || stat.rdev === rdev) return false;
  } catch {
    return false;
  }
  return process[stream === "stderr" ? stream : "stdout"].isTTY === true;
}
