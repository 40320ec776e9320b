import type { Source, Span } from "../text/source.ts";

/** What the scanner of PgBouncer (cfparser.c) makes of a file, in order; after an error nothing is read. */
export type IniPart =
  | { readonly kind: "section"; readonly name: string; readonly span: Span; readonly line: number }
  | IniEntry
  | { readonly kind: "include"; readonly path: string; readonly span: Span; readonly line: number }
  | { readonly kind: "error"; readonly span: Span; readonly line: number };

export interface IniEntry {
  readonly kind: "entry";
  readonly key: string;
  readonly keySpan: Span;
  /** Everything up to the end of the line, blanks trimmed: there are no quotes and no comments behind a value. */
  readonly value: string;
  readonly valueSpan: Span;
  readonly line: number;
}

export interface IniDocument {
  readonly source: Source;
  readonly parts: readonly IniPart[];
  readonly comments: readonly Span[];
}

/** isspace() of C */
const SPACE = /[ \t\n\v\f\r]/;
const KEY = /[A-Za-z0-9_.*-]*/y;

/** The scanner reads characters, not lines: a section and its first key may share one. */
export function readIni(source: Source, quotedKeys: boolean): IniDocument {
  const nul = source.text.indexOf("\0");
  const text = nul === -1 ? source.text : source.text.slice(0, nul);
  const parts: IniPart[] = [];
  const comments: Span[] = [];
  let line = 1;
  let at = 0;
  const advance = (to: number) => {
    for (let next = text.indexOf("\n", at); next !== -1 && next < to; next = text.indexOf("\n", next + 1))
      line++;
    at = to;
  };
  const endOfLine = () => {
    const newline = text.indexOf("\n", at);
    return newline === -1 ? text.length : newline;
  };

  while (at < text.length) {
    const char = text[at] ?? "";
    if (SPACE.test(char)) advance(at + 1);
    else if (char === "#" || char === ";") {
      const end = endOfLine();
      comments.push({ start: at, end: text[end - 1] === "\r" ? end - 1 : end });
      advance(end);
    } else {
      const part =
        char === "[" ? section() : /^%include[ \t]/.test(text.slice(at, at + 9)) ? include() : entry();
      parts.push(part);
      if (part.kind === "error") break;
    }
  }
  return { source, parts, comments };

  function fail(end: number): IniPart {
    return { kind: "error", span: { start: Math.min(at, text.length), end }, line };
  }

  function section(): IniPart {
    const end = endOfLine();
    const close = text.indexOf("]", at);
    if (close === -1 || close > end) return fail(end);
    const span = { start: at + 1, end: close };
    advance(close + 1);
    return { kind: "section", name: text.slice(span.start, span.end), span, line };
  }

  function include(): IniPart {
    const span = trimmed(at + "%include".length, endOfLine());
    const here = line;
    advance(endOfLine());
    return { kind: "include", path: text.slice(span.start, span.end), span, line: here };
  }

  function entry(): IniPart {
    const keySpan = keyAt();
    if (!keySpan) return fail(quotedKeys && text[at] === "'" ? text.length : endOfLine());
    let equals = keySpan.next;
    while (text[equals] === " " || text[equals] === "\t") equals++;
    if (text[equals] !== "=") return fail(endOfLine());
    advance(equals);
    const valueSpan = trimmed(equals + 1, endOfLine());
    const here = line;
    advance(endOfLine());
    const { start, end } = keySpan;
    return {
      kind: "entry",
      key: text.slice(start, end),
      keySpan: { start, end },
      value: text.slice(valueSpan.start, valueSpan.end),
      valueSpan,
      line: here,
    };
  }

  /** From 1.25 on a key may stand in single quotes, of any bytes but that quote. */
  function keyAt(): { start: number; end: number; next: number } | undefined {
    if (quotedKeys && text[at] === "'") {
      const close = text.indexOf("'", at + 1);
      return close <= at + 1 ? undefined : { start: at + 1, end: close, next: close + 1 };
    }
    KEY.lastIndex = at;
    const end = at + (KEY.exec(text)?.[0].length ?? 0);
    return { start: at, end, next: end };
  }

  /** A value: blanks before it, and any white space behind it, do not count. */
  function trimmed(from: number, to: number): Span {
    let start = from;
    let end = to;
    while (start < end && (text[start] === " " || text[start] === "\t")) start++;
    while (end > start && SPACE.test(text[end - 1] ?? "")) end--;
    return { start, end };
  }
}

/** The text of the document put together again from its parts; the same as what was read. */
export function printIni({ source: { text }, parts, comments }: IniDocument): string {
  const spans: Span[] = [...comments];
  for (const part of parts)
    spans.push(...(part.kind === "entry" ? [part.keySpan, part.valueSpan] : [part.span]));
  spans.sort((a, b) => a.start - b.start || a.end - b.end);
  let printed = "";
  let at = 0;
  for (const { start, end } of spans) {
    printed += text.slice(at, start) + text.slice(start, end);
    at = end;
  }
  return printed + text.slice(at);
}
