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
  const kinds = new Map(files.map(({ path, kind }) => [path, kind]));
  const textOf = (path: string, number: number) => line(path, number)?.replace(/\r$/, "");
  return (path, number) => {
    const text = textOf(path, number);
    if (text === undefined) return undefined;
    // A userlist's passwords look like any other word, so what hides them has to know where it is.
    if (kinds.get(path) === "userlist.txt") return { text, clean: redactUserlist(text) };
    // Behind a backslash, a line goes on with what may be the rest of a secret.
    const before = number > 1 ? textOf(path, number - 1) : undefined;
    const clean = redact(text);
    return { text, clean: before?.endsWith("\\") && goesOn(before, text) ? "***" : clean };
  };
}

const goesOn = (before: string, text: string): boolean => {
  const start = before.slice(0, -1);
  return redact(start) !== start || redact(start + text) !== start + redact(text);
};
