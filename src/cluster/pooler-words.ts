import type { Place, Source } from "../text/source.ts";

/** A word of auth_hba_file or auth_ident_file; PgBouncer's scanner makes the comma a word of its own. */
export interface PoolerWord {
  readonly text: string;
  readonly quoted: boolean;
}

export interface PoolerLine {
  readonly line: number;
  readonly place: Place;
}

/** The lines that have words; none goes on in the next. */
export function* poolerLines(
  source: Source,
): Generator<PoolerLine & { readonly words: readonly PoolerWord[] }> {
  let offset = 0;
  for (const [index, raw] of source.text.split("\n").entries()) {
    const place = { source, span: { start: offset, end: offset + raw.replace(/\r$/, "").length } };
    offset += raw.length + 1;
    const words = poolerWords(raw);
    if (words.length > 0) yield { words, line: index + 1, place };
  }
}

/** Blanks part words, quotes keep them together, a comma is a word, `#` ends the line; a quote has to end on it. */
export function poolerWords(line: string): PoolerWord[] {
  const words: PoolerWord[] = [];
  const pattern = /[ \t\r\n\v\f]+|#.*|,|"((?:[^"]|"")*)"|".*|[^ \t\r\n\v\f,#"]+/gsy;
  for (const match of line.matchAll(pattern)) {
    const [text, quoted] = match;
    if (text.startsWith("#")) break;
    if (quoted !== undefined) words.push({ text: quoted.replaceAll('""', '"'), quoted: true });
    else if (!/^[ \t\r\n\v\f]/.test(text)) words.push({ text, quoted: false });
  }
  return words;
}

/** A quote that does not end: the scanner gives up, and the line is dropped wherever it stands. */
export const isUnfinished = ({ text, quoted }: PoolerWord): boolean => !quoted && text.startsWith('"');
