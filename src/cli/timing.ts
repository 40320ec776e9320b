import type { Timer } from "../engine/lint.ts";
import { table } from "../report/table.ts";
import type { Io } from "./io.ts";

/** Adds up what each rule takes, over all servers of the run. */
export function startTiming(): { timer: Timer; print(io: Io): void } {
  const times = new Map<string, number>();
  return {
    timer: {
      now: () => performance.now(),
      took: (rule, milliseconds) => times.set(rule, (times.get(rule) ?? 0) + milliseconds),
    },
    print({ stderr }) {
      const rows = [...times].sort(([, a], [, b]) => b - a);
      const sum = rows.reduce((total, [, milliseconds]) => total + milliseconds, 0);
      const row = (name: string, milliseconds: number) => [
        `${milliseconds.toFixed(2).padStart(9)} ms`,
        `${((100 * milliseconds) / (sum || 1)).toFixed(1).padStart(5)} %`,
        name,
      ];
      stderr(table([...rows.map(([rule, milliseconds]) => row(rule, milliseconds)), row("all rules", sum)]));
    },
  };
}
