import type { Source } from "./source.ts";

/** Where each line of a source starts. Lines end at `\n` alone, as the servers count them. */
export interface LineMap {
  /** 1-based line of an offset. */
  lineAt(offset: number): number;
  /** 1-based line and column of an offset. */
  positionAt(offset: number): { line: number; column: number };
  /** Start and end (before the line end) of a 1-based line. */
  spanOfLine(line: number): { start: number; end: number };
  readonly count: number;
}

const maps = new WeakMap<Source, LineMap>();

export function lineMap(source: Source): LineMap {
  const map = maps.get(source) ?? build(source.text);
  maps.set(source, map);
  return map;
}

function build(text: string): LineMap {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const startOf = (line: number) => starts[line - 1] ?? text.length;
  const lineAt = (offset: number) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (startOf(middle + 1) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  return {
    lineAt,
    positionAt(offset) {
      const line = lineAt(offset);
      return { line, column: offset - startOf(line) + 1 };
    },
    spanOfLine(line) {
      const start = startOf(line);
      let end = line < starts.length ? startOf(line + 1) - 1 : text.length;
      if (end > start && text[end - 1] === "\r") end--;
      return { start, end };
    },
    count: starts.length,
  };
}
