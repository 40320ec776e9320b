import { columnsOf } from "./printable.ts";

/** Rows as text in columns; the last cell of a row takes what it needs, whatever stands below. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.slice(0, -1).entries())
      widths[at] = Math.max(widths[at] ?? 0, columnsOf(cell));
  const padded = (cell: string, at: number) =>
    cell + " ".repeat(Math.max(0, (widths[at] ?? 0) - columnsOf(cell)));
  return rows.map((row) => `${row.map(padded).join("  ").trimEnd()}\n`).join("");
}
