import { type Cluster, filesRead } from "../cluster/cluster.ts";
import { lineMap } from "../text/lines.ts";
import type { Place, Source } from "../text/source.ts";

/** `# pgconflint-disable-next-line RULE, RULE -- reason until=2027-01-31` */
export interface Suppression {
  readonly place: Place;
  readonly rules: readonly { readonly id: string; readonly place: Place }[];
  readonly reason: string;
  /** The last day on which it holds, as it is written. */
  readonly until: string | undefined;
  /** The line that it is about; undefined for the whole file. */
  readonly line: number | undefined;
}

/** What became of a suppression: which of its rules ran, and which of them had something to suppress. */
export interface AppliedSuppression extends Suppression {
  readonly expired: boolean;
  readonly ran: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
}

const DIRECTIVE = /[#;][ \t]*pgconflint-disable-(next-line|line|file)(?![\w-])(.*)$/;

/** The suppressions of all files; most files have none, and cost one search. */
export const suppressionsIn = (cluster: Cluster): Suppression[] =>
  [...filesRead(cluster).keys()]
    .filter(({ text }) => text.includes("pgconflint-disable"))
    .flatMap(readSuppressions);

export function readSuppressions(source: Source): Suppression[] {
  const map = lineMap(source);
  const lines = source.text.split("\n").map((line) => line.replace(/\r$/, ""));
  const next = linesThatSay(lines);
  return lines.flatMap((text, index) => {
    const match = DIRECTIVE.exec(text);
    const line = match && lineMeant(match[1], index, next);
    return match ? [suppression(source, map.spanOfLine(index + 1).start + match.index, match, line)] : [];
  });
}

function suppression(
  source: Source,
  start: number,
  [whole, , words = ""]: readonly string[],
  line: number | undefined | null,
): Suppression {
  const offset = start + (whole?.length ?? 0) - words.length;
  const [names = "", ...reasons] = words.split(/\s--(?=\s|$)/);
  const ids = [...names.matchAll(/[^\s,]+/g)].filter(([word]) => !word.startsWith("until="));
  return {
    place: { source, span: { start, end: start + (whole?.trimEnd().length ?? 0) } },
    rules: ids.map(({ 0: id, index }) => ({
      id,
      place: { source, span: { start: offset + index, end: offset + index + id.length } },
    })),
    reason: reasons
      .join(" -- ")
      .replace(/(?:^|\s)until=\S+/, "")
      .trim(),
    until: /(?:^|\s)until=(\S+)/.exec(words)?.[1],
    line: line ?? undefined,
  };
}

/** The next line is the next one that says something, so that suppressions and remarks may stand together. */
function lineMeant(scope: string | undefined, index: number, next: readonly number[]): number | undefined {
  if (scope === "file") return undefined;
  return scope === "line" ? index + 1 : next[index];
}

/** For each line the number of the next one that is neither empty nor a comment; of the next of all where there is none. */
function linesThatSay(lines: readonly string[]): number[] {
  const next: number[] = [];
  let meant: number | undefined;
  for (let index = lines.length - 1; index >= 0; index--) {
    next[index] = meant ?? index + 2;
    if (!/^[ \t]*(?:[#;]|$)/.test(lines[index] ?? "")) meant = index + 1;
  }
  return next;
}
