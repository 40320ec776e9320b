import type { Run } from "./runs.ts";
import { median, type Ratio, ratioOf } from "./statistics.ts";

/** One line of the result: a workload at one size of the data. */
export interface Comparison {
  readonly workload: string;
  readonly size: string;
  /** The median of the rounds, by configuration. */
  readonly medians: ReadonlyMap<string, number>;
  /** How the subject compares with each other configuration. */
  readonly ratios: ReadonlyMap<string, Ratio>;
}

/** Sets the subject against the others, workload by workload. */
export function compare(runs: readonly Run[], subject: string): Comparison[] {
  const names = [...new Set(runs.map(({ configuration }) => configuration))];
  const places = [...new Map(runs.map((run) => [`${run.workload} ${run.size}`, run])).values()];
  return places.map(({ workload, size }) => {
    const rates = (name: string) =>
      runs
        .filter((run) => run.workload === workload && run.size === size && run.configuration === name)
        .sort((a, b) => a.round - b.round)
        .map(({ rate }) => rate);
    const others = names.filter((name) => name !== subject);
    return {
      workload,
      size,
      medians: new Map(names.map((name) => [name, median(rates(name))])),
      ratios: new Map(others.map((name) => [name, ratioOf(rates(subject), rates(name))])),
    };
  });
}
