import type { Comparison } from "./comparison.ts";
import { type Ratio, verdictOf } from "./statistics.ts";

/** The heads and the rows of the result, as text. */
export function table(comparisons: readonly Comparison[], subject: string): string[][] {
  const [first] = comparisons;
  if (!first) return [];
  const names = [...first.medians.keys()];
  const others = [...first.ratios.keys()];
  const head = ["workload", "data", ...names, ...others.map((name) => `${subject} / ${name}`)];
  const rows = comparisons.map(({ workload, size, medians, ratios }) => [
    workload,
    size,
    ...names.map((name) => figure(medians.get(name))),
    ...others.map((name) => ratioText(ratios.get(name))),
  ]);
  return [head, ...rows];
}

export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export function markdown(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [head = [], ...rest] = rows;
  return [line(head), line(head.map(() => "---")), ...rest.map(line)].join("\n");
}

function ratioText(ratio: Ratio | undefined): string {
  if (!ratio) return "";
  const { mean, low, high } = ratio;
  if (!Number.isFinite(high)) return mean.toFixed(2);
  return `${mean.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)}) ${verdictOf(ratio)}`;
}

function figure(value: number | undefined): string {
  if (value === undefined) return "";
  return value >= 1000 ? Math.round(value).toLocaleString("en-US") : value.toPrecision(3);
}
