import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { line } from "./measure.ts";
import { nodeOf } from "./nodes.ts";
import { type Command, type Compared, compare, peakMemory } from "./processes.ts";
import { SMALL_CONF } from "./small-conf.ts";

const MAJORS = [20, 22, 24];

/** A check of one small file beside `node -e 0`, which is what Node itself costs. */
export function startUp(root: string, folder: string): void {
  const file = join(folder, "postgresql.conf");
  writeFileSync(file, `${SMALL_CONF}\n`);
  for (const major of MAJORS) {
    const program = nodeOf(major, join(root, ".cache/bench"));
    if (program) startUpOf(program, join(root, "bin/pgconflint.js"), file, folder);
    else line(`check of a small file, Node ${major}`, "not measured: npm could not fetch it");
  }
}

function startUpOf(program: string, bin: string, file: string, folder: string): void {
  const version = execFileSync(program, ["-p", "process.versions.node"], { encoding: "utf8" }).trim();
  const nothing: Command = { program, args: ["-e", "0"] };
  const check: Command = {
    program,
    args: [bin, "check", file, "--postgres", "17", "--fail-on", "never"],
    env: { XDG_CACHE_HOME: folder },
  };
  line(`check of ${SMALL_CONF.split("\n").length} lines, Node ${version}`, told(compare(nothing, check)));
  // The build leaves compiled code for its own Node, and there is no doing without.
  if (program !== process.execPath) {
    const anew = { ...check, env: { ...check.env, NODE_DISABLE_COMPILE_CACHE: "1" } };
    line("  when nothing is compiled yet", told(compare(nothing, anew)));
  }
  const [least, peak] = [peakMemory(nothing), peakMemory(check)];
  line(
    "  peak memory",
    peak === undefined
      ? "not measured: no /usr/bin/time"
      : `${peak.toFixed(0)} MiB (node -e 0: ${least?.toFixed(0)} MiB)`,
  );
}

const told = ({ ratio, base, whole, added }: Compared) =>
  `${ratio.toFixed(2)}x node -e 0 (${whole.toFixed(0)} and ${base.toFixed(0)} ms, ${added.toFixed(0)} ms more)`;
