import type { Io } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";

/** Runs a command line in this process, in a world of its own; bytes that are printed count as latin1. */
export async function run(argv: readonly string[], world: Partial<Io> = {}) {
  const out = { stdout: "", stderr: "" };
  const code = await main(argv, {
    stdout: (text) => {
      out.stdout += typeof text === "string" ? text : Buffer.from(text).toString("latin1");
    },
    stderr: (text) => {
      out.stderr += text;
    },
    stdin: () => new Uint8Array(),
    env: {},
    cwd: "/",
    isTerminal: () => false,
    ...world,
  });
  return { code, ...out };
}
