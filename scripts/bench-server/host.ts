import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";

/** The host that the configurations are computed for. It is declared, so that every machine compares the same values. */
export interface DeclaredHost {
  readonly memory: number;
  readonly cpus: number;
  readonly disk: "ssd" | "nvme" | "hdd";
}

/** What the benchmark ran on. */
export interface Machine {
  readonly cpu: string;
  readonly cpus: number;
  readonly memory: number;
  readonly kernel: string;
  readonly fileSystem: string;
}

export function thisMachine(folder: string): Machine {
  return {
    cpu: cpus()[0]?.model.trim() || "unknown",
    cpus: cpus().length,
    memory: totalmem(),
    kernel: `${type()} ${release()}`,
    fileSystem: execFileSync("stat", ["-f", "-c", "%T", folder], { encoding: "utf8" }).trim(),
  };
}

/** Runs the work, and tells how many processors others kept busy meanwhile; the work's programs must have ended. */
export async function withNoise<T>(work: () => Promise<T>): Promise<{ result: T; othersBusy: number }> {
  const before = { all: busyTicks(), own: ownTicks(), at: performance.now() };
  const result = await work();
  const seconds = (performance.now() - before.at) / 1000;
  const others = busyTicks() - before.all - (ownTicks() - before.own);
  return { result, othersBusy: Math.max(0, Math.round(others / seconds) / 100) };
}

/** Hundredths of a second of all processors since the machine started; waiting and interrupts are left out. */
function busyTicks(): number {
  const [, ...ticks] = readFileSync("/proc/stat", "utf8").split("\n", 1)[0]?.split(/\s+/).map(Number) ?? [];
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = ticks;
  return user + nice + system + steal;
}

/** The same of this process and of all that it has started and seen the end of. */
function ownTicks(): number {
  // The program's name, in parentheses, may hold anything; utime is the twelfth field behind it.
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
    .map(Number);
  return fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
}
