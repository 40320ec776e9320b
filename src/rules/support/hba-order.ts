import type { Witness } from "../../access/witness.ts";
import type { HbaLine } from "../../cluster/hba.ts";
import type { Draft, Edit } from "../../engine/rule.ts";
import { linesText } from "../../text/line-refs.ts";
import { lineText, names } from "./hba-lines.ts";

/** The most lines that a sentence names. */
const MOST_NAMED = 4;

/** "lines 3, 5 and 20 more", as they are seen from another line. */
export const lineNumbers = (lines: readonly HbaLine[], of: HbaLine): string =>
  linesText(
    lines.map(({ record }) => ({ path: record.source.path, line: record.line })),
    of.record.source.path,
    MOST_NAMED,
  );

/** "line 3 (host all all …)", "lines 3 and 5 together" */
export function takersText(by: readonly HbaLine[], of: HbaLine): string {
  const [first] = by;
  return by.length === 1 && first
    ? `${lineNumbers(by, of)} (${lineText(first)})`
    : `${lineNumbers(by, of)} together`;
}

const MOST_RELATED = 10;

export const takersRelated = (by: readonly HbaLine[]): NonNullable<Draft["related"]> =>
  by.slice(0, MOST_RELATED).map((earlier) => ({
    place: earlier.record.place,
    message: `${lineText(earlier)} comes first`,
  }));

/** "app from 10.0.0.1 with TLS to database shop" */
export function connectionText(witness: Witness, line: HbaLine): string {
  const { user, database, address, tls, gss, replication } = witness;
  const how = tls ? " with TLS" : gss ? " with GSSAPI encryption" : "";
  const to = replication
    ? " for replication"
    : names(line.databases, "all")
      ? ""
      : ` to database ${database}`;
  return `${user} from ${address ?? "the local socket"}${how}${to}`;
}

/** The whole of a record's lines, with the line end. */
export function removal({ record }: HbaLine): Edit {
  const { source, span } = record.place;
  const lineEnd = source.text.indexOf("\n", span.end);
  return {
    place: { source, span: { start: span.start, end: lineEnd === -1 ? source.text.length : lineEnd + 1 } },
    text: "",
  };
}

/** The record before another; nothing where they stand in two files. */
export function movedAbove(line: HbaLine, earlier: HbaLine): Pick<Draft, "fix"> {
  const { source, span } = earlier.record.place;
  if (line.record.source !== source) return {};
  const out = removal(line);
  const text = source.text.slice(out.place.span.start, out.place.span.end);
  const into = { source, span: { start: span.start, end: span.start } };
  const edits = [{ place: into, text: text.endsWith("\n") ? text : `${text}\n` }, out];
  return { fix: { title: `Move the record above line ${earlier.record.line}`, safe: false, edits } };
}
