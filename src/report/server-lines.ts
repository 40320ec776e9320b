import type { Report } from "../engine/report.ts";

/** The lines that a report is about, by path and number: all that a format needs of the files. */
export type ServerLines = ReadonlyMap<string, ReadonlyMap<number, string>>;

type LineText = (path: string, line: number) => string | undefined;

/** With the line before each, behind whose backslash a secret may go on. */
export function linesAbout({ findings }: Report, textOf: LineText): ServerLines {
  const lines = new Map<string, Map<number, string>>();
  const add = (path: string, number: number) => {
    const text = number < 1 ? undefined : textOf(path, number);
    if (text === undefined) return;
    const known = lines.get(path);
    if (known) known.set(number, text);
    else lines.set(path, new Map([[number, text]]));
  };
  for (const { path, line, related = [] } of findings)
    for (const place of [{ path, line }, ...related]) {
      add(place.path, place.line - 1);
      add(place.path, place.line);
    }
  return lines;
}

/** The lines of several servers as one. */
export function mergeLines(all: readonly ServerLines[]): LineText {
  const merged = new Map<string, Map<number, string>>();
  for (const lines of all)
    for (const [path, numbered] of lines) {
      const known = merged.get(path) ?? new Map<number, string>();
      for (const [number, text] of numbered) known.set(number, text);
      merged.set(path, known);
    }
  return (path, line) => merged.get(path)?.get(line);
}
