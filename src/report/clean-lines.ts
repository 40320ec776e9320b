import type { Report } from "../engine/report.ts";
import { redact, redactUserlist } from "../text/redact.ts";

/** A line as it is, for columns to count in, and without its secrets, to be shown. */
export interface CleanLine {
  readonly text: string;
  readonly clean: string;
}

export type LineOf = (path: string, line: number) => CleanLine | undefined;

/** The lines of the report's files; no format takes them from anywhere else. */
export function cleanLines(
  { files }: Report,
  line: (path: string, line: number) => string | undefined,
): LineOf {
  const userlists = new Set(files.filter(({ kind }) => kind === "userlist.txt").map(({ path }) => path));
  return (path, number) => {
    const text = line(path, number)?.replace(/\r$/, "");
    if (text === undefined) return undefined;
    // A userlist's passwords look like any other word, so what hides them has to know where it is.
    return { text, clean: userlists.has(path) ? redactUserlist(text) : redact(text) };
  };
}
