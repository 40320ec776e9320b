import { linesOf } from "../wrap.ts";

/** Rows in columns, of which the last is wrapped, so that no line is longer than `width`. */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.slice(0, -1).entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  const before = widths.reduce((sum, each) => sum + each + 2, 0);
  return rows
    .map((row) => {
      const cells = row.slice(0, -1).map((cell, at) => cell.padEnd(widths[at] ?? 0));
      const [first = "", ...rest] = linesOf(row.at(-1) ?? "", Math.max(24, width - before));
      const lines = [[...cells, first].join("  "), ...rest.map((line) => " ".repeat(before) + line)];
      return lines.map((line) => `${line.trimEnd()}\n`).join("");
    })
    .join("");
}

/** The same with `# ` in front of each line. */
export const commented = (text: string): string =>
  text.replaceAll(/^.*(?=\n)/gm, (line) => `# ${line}`.trimEnd());

/** A sentence with its full stop. */
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
