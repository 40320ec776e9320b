import { fstatSync, statSync } from "node:fs";
import { readLine, readPipe, writeText } from "../node/streams.ts";
import { main } from "./main.ts";

// File descriptors rather than process.stdout and process.stdin: they cost nothing at the start, and their errors
// arrive where the text is written.
main(process.argv.slice(2), {
  stdout: (text) => writeText(1, text),
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
  isTerminal: () => isTerminal(1),
  ask(question) {
    if (!isTerminal(0) || !isTerminal(1)) return undefined;
    writeText(2, question);
    return readLine(0);
  },
}).then((code) => {
  process.exitCode = code;
});

/** process.stdout knows, but brings half of Node's network code; most runs are not on a terminal, and need none of it. */
function isTerminal(descriptor: number): boolean {
  try {
    const { rdev } = statSync("/dev/null", { throwIfNoEntry: false }) ?? {};
    const stat = fstatSync(descriptor);
    if (!stat.isCharacterDevice() || stat.rdev === rdev) return false;
  } catch {
    return false;
  }
  return process.stdout.isTTY === true;
}
