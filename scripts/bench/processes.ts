import { spawnSync } from "node:child_process";
import { median } from "./measure.ts";

/** A command, and where it runs. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a command costs beside another: medians of pairs that ran in turn, so that a slow moment hits both. */
export interface Compared {
  readonly ratio: number;
  /** Milliseconds. */
  readonly base: number;
  readonly whole: number;
  readonly added: number;
}

export function compare(base: Command, command: Command, pairs = 25): Compared {
  run(base);
  run(command);
  const times = Array.from({ length: pairs }, () => [run(base), run(command)] as const);
  return {
    ratio: median(times.map(([bare, whole]) => whole / bare)),
    base: median(times.map(([bare]) => bare)),
    whole: median(times.map(([, whole]) => whole)),
    added: median(times.map(([bare, whole]) => whole - bare)),
  };
}

/** Milliseconds from the start to the end of the process. */
export function run({ program, args, cwd, env }: Command): number {
  const started = performance.now();
  const { status } = spawnSync(program, args, { stdio: "ignore", cwd, env: { ...process.env, ...env } });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}`);
  return took;
}

/** MiB of the largest process of a command; undefined where there is no /usr/bin/time to tell. */
export function peakMemory({ program, args, cwd, env }: Command): number | undefined {
  const { stderr, status } = spawnSync("/usr/bin/time", ["-f", "%M", program, ...args], {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return status === 0 ? Number(stderr.trim().split("\n").at(-1)) / 1024 : undefined;
}
