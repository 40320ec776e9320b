import type { HbaProblem } from "../../cluster/hba-problems.ts";
import type { Draft } from "../../engine/rule.ts";
import { lineMap } from "../../text/lines.ts";
import type { Place } from "../../text/source.ts";

/** What every finding about a wrong record has in common; a suggestion for the token becomes a fix. */
export function wrongRecord(problem: HbaProblem, message: string, suggested?: string): Draft {
  const { place, server, token } = problem;
  return {
    place: firstLine(place),
    message,
    server,
    ...(token && { current: token.text }),
    ...(suggested !== undefined && { suggested }),
    ...(suggested !== undefined &&
      token && {
        fix: { title: `Write ${suggested}`, safe: true, edits: [{ place: token.place, text: suggested }] },
      }),
  };
}

/** A record may go over several lines; a finding points at the first. */
export function firstLine({ source, span }: Place): Place {
  const lines = lineMap(source);
  const { end } = lines.spanOfLine(lines.lineAt(span.start));
  return { source, span: { start: span.start, end: Math.max(span.start, Math.min(span.end, end)) } };
}
