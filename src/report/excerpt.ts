import type { Finding } from "../engine/report.ts";
import { columnsOf } from "./printable.ts";

/** The part of a line that a terminal has room for. */
export interface Excerpt {
  readonly shown: string;
  /** Columns in front of the span, and of the span itself. */
  readonly before: number;
  readonly length: number;
}

const MOST = 120;
/** So much stands in front of a span that begins far to the right. */
const LEAD = 30;

/** The line round the span; `clean` is the line without its secrets. */
export function excerpt(
  { text, clean }: { readonly text: string; readonly clean: string },
  { line, column, endLine, endColumn }: Pick<Finding, "line" | "column" | "endLine" | "endColumn">,
  show: (text: string) => string,
): Excerpt {
  // A mask moves what stands behind it; then the whole line is marked.
  const exact = clean === text;
  const start = exact ? Math.min(column - 1, clean.length) : 0;
  const stop = exact && endLine === line ? Math.min(endColumn - 1, clean.length) : clean.length;
  const from = start > MOST - LEAD ? afterPair(clean, start - LEAD) : 0;
  const to = afterPair(clean, Math.min(from + MOST, clean.length));

  const lead = from > 0 ? "..." : "";
  const part = (first: number, last: number) => show(clean.slice(first, last).replaceAll("\t", "    "));
  return {
    shown: `${lead}${part(from, to)}${to < clean.length ? "..." : ""}`,
    before: lead.length + columnsOf(part(from, start)),
    length: columnsOf(part(start, Math.max(start, Math.min(stop, to)))),
  };
}

/** An offset that does not cut a character of two units in half. */
function afterPair(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
