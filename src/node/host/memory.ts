import { type Cgroup, type Limit, limitsIn, tightest, wholeNumber } from "./cgroups.ts";
import { type Detected, known, NOTHING, together } from "./detected.ts";
import type { Machine } from "./machine.ts";

export const MEMINFO = "/proc/meminfo";

/** A line of /proc/meminfo in bytes, or as a count where it has no unit. */
export function meminfo(machine: Machine, name: string): number | undefined {
  const line = new RegExp(`^${name}:\\s*(\\d+)( kB)?$`, "m").exec(machine.readText(MEMINFO) ?? "");
  return line ? Number(line[1]) * (line[2] ? 1024 : 1) : undefined;
}

export function memoryFacts(machine: Machine, cgroup: Cgroup | undefined): Detected {
  return together(memory(machine, cgroup), swap(machine, cgroup), commitLimit(machine));
}

/** Version 1 writes "no limit" as 9223372036854771712, or a little less where pages are larger. */
function bytes(text: string): number | undefined {
  const value = wholeNumber(text);
  return value !== undefined && value < 2 ** 60 ? value : undefined;
}

/** RAM, or the least limit on the way down to the process. */
function memory(machine: Machine, cgroup: Cgroup | undefined): Detected {
  const files = { 1: ["memory.limit_in_bytes"], 2: ["memory.max", "memory.high"] };
  const limits = limitsIn(cgroup, files, machine, bytes);
  const total = meminfo(machine, "MemTotal");
  const ram =
    total === undefined
      ? { value: machine.memory, from: "the operating system" }
      : { value: total, from: `${MEMINFO}: MemTotal` };
  // A limit of 0 would have ended the process that reads it.
  const least = tightest([ram, ...limits, ...hierarchical(machine, cgroup)].filter(({ value }) => value > 0));
  return least ? known("memory", least.value, least.from) : NOTHING;
}

/** Version 1 tells the limits of groups above the mounted one here only. */
function hierarchical(machine: Machine, cgroup: Cgroup | undefined): Limit[] {
  const own = cgroup && { ...cgroup, directories: cgroup.directories.slice(0, 1) };
  return limitsIn(own, { 1: ["memory.stat"], 2: [] }, machine, (text) =>
    bytes(/^hierarchical_memory_limit (\d+)$/m.exec(text)?.[1] ?? ""),
  );
}

function swap(machine: Machine, cgroup: Cgroup | undefined): Detected {
  const total = meminfo(machine, "SwapTotal");
  if (total === undefined) return NOTHING;
  const limits = limitsIn(
    cgroup,
    { 1: ["memory.memsw.limit_in_bytes"], 2: ["memory.swap.max"] },
    machine,
    (text, path) => (cgroup?.version === 1 ? beyondMemory(text, path, machine) : wholeNumber(text)),
  );
  const least = tightest([{ value: total, from: `${MEMINFO}: SwapTotal` }, ...limits]);
  return least ? known("swap", least.value, least.from) : NOTHING;
}

/** Version 1 limits memory and swap together. */
function beyondMemory(text: string, path: string, machine: Machine): number | undefined {
  const both = bytes(text);
  const memory = bytes(machine.readText(path.replace("memsw.", "")) ?? "");
  return both === undefined || memory === undefined ? undefined : Math.max(0, both - memory);
}

/** With overcommit the limit is computed as well, but nobody is held to it. */
function commitLimit(machine: Machine): Detected {
  const limit = meminfo(machine, "CommitLimit");
  return limit !== undefined && machine.readText("/proc/sys/vm/overcommit_memory")?.trim() === "2"
    ? known("commitLimit", limit, `${MEMINFO}: CommitLimit, as vm.overcommit_memory = 2`)
    : NOTHING;
}
