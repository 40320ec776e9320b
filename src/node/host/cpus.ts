import { type Cgroup, type Limit, limitsIn, tightest } from "./cgroups.ts";
import { type Detected, known } from "./detected.ts";
import type { Machine } from "./machine.ts";

const ONLINE = "/sys/devices/system/cpu/online";

/** Processors that are there, that the process may run on, and as many of them as its quota pays for. */
export function cpuFacts(
  machine: Machine,
  process: string,
  { cpu, cpuset }: { readonly cpu: Cgroup | undefined; readonly cpuset: Cgroup | undefined },
): Detected {
  const online = rangesOf(machine.readText(ONLINE) ?? "");
  const status = `${process}/status`;
  const allowed = rangesOf(/^Cpus_allowed_list:\s*(.*)$/m.exec(machine.readText(status) ?? "")?.[1] ?? "");
  const usable = (ranges: readonly Range[]) => (online.length > 0 ? common(online, ranges) : ranges);
  const sets = limitsIn(
    cpuset,
    { 1: ["cpuset.effective_cpus", "cpuset.cpus"], 2: ["cpuset.cpus.effective"] },
    machine,
    (text) => count(usable(rangesOf(text))),
  );
  const quotas = limitsIn(cpu, { 1: ["cpu.cfs_quota_us"], 2: ["cpu.max"] }, machine, (text, path) =>
    cpu?.version === 1
      ? quota(text, machine.readText(path.replace("quota", "period")) ?? "")
      : quota(...twoWords(text)),
  );
  const limits: Limit[] = [
    { value: count(online), from: ONLINE },
    ...sets,
    { value: count(usable(allowed)), from: `${status}: Cpus_allowed_list` },
    ...quotas,
  ];
  const least = tightest(limits.filter(({ value }) => value > 0)) ?? {
    value: machine.processors,
    from: "the operating system",
  };
  // Kubernetes counts in thousandths as well.
  return known("cpus", Math.max(0.001, Math.round(least.value * 1000) / 1000), least.from);
}

const twoWords = (text: string): [string, string] => {
  const [first = "", second = ""] = text.trim().split(/\s+/);
  return [first, second];
};

/** "50000" of "100000" microseconds is half a processor; "max" and -1 are as many as there are. */
function quota(time: string, period: string): number | undefined {
  if (!/^\d+\s*$/.test(time) || !/^\d+\s*$/.test(period) || Number(period) === 0) return undefined;
  return Number(time) / Number(period);
}

type Range = readonly [first: number, last: number];

/** "0-3,8" */
const rangesOf = (text: string): Range[] =>
  text
    .trim()
    .split(",")
    .slice(0, 4096)
    .flatMap((part) => {
      const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part.trim()) ?? [];
      return first === undefined ? [] : [[Number(first), Number(last)] as const];
    });

const common = (some: readonly Range[], others: readonly Range[]): Range[] =>
  some.flatMap(([first, last]) =>
    others
      .map(([from, to]) => [Math.max(first, from), Math.min(last, to)] as const)
      .filter(([from, to]) => from <= to),
  );

const count = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, [first, last]) => sum + Math.max(0, last - first + 1), 0);
