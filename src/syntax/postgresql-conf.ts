import type { Source, Span } from "../text/source.ts";
import { unquote } from "./conf-strings.ts";
import { type Token, tokenAt } from "./conf-tokens.ts";

/** One `name = value` of a postgresql.conf, whether a setting or an include. */
export interface ConfEntry {
  readonly name: string;
  readonly nameSpan: Span;
  /** The value as the server holds it: quotes and escapes resolved. */
  readonly value: string;
  /** The value as it is written, quotes included. */
  readonly valueSpan: Span;
  readonly quoted: boolean;
  readonly line: number;
}

/** A line that does not parse. The server names the token it stumbled over, or the end of the line. */
export interface ConfSyntaxError {
  /** The token, empty at the end of a line or file. */
  readonly span: Span;
  readonly token: string | null;
  /** The line that the server prints: one less than the true one where the file ends without a newline. */
  readonly reportedLine: number;
  readonly line: number;
}

/** postgresql.conf, or a file that it includes, as `ParseConfigFp` of guc-file.l reads it. */
export interface ConfDocument {
  readonly source: Source;
  readonly entries: readonly ConfEntry[];
  readonly errors: readonly ConfSyntaxError[];
  readonly comments: readonly Span[];
  /** True where the server gave up after 100 errors; nothing behind that line was read. */
  readonly abandoned: boolean;
}

/** guc-file.l stops "to avoid producing too much noise when parsing a bogus file". */
const MAX_ERRORS = 100;

export function readConf(source: Source): ConfDocument {
  const { text } = source;
  const entries: ConfEntry[] = [];
  const errors: ConfSyntaxError[] = [];
  const comments: Span[] = [];
  let at = 0;
  let line = 1;

  const next = (): Token => {
    let token = tokenAt(text, at);
    while (token.kind === "blank" || token.kind === "comment") {
      if (token.kind === "comment") comments.push({ start: token.start, end: token.end });
      token = tokenAt(text, token.end);
    }
    at = token.end;
    return token;
  };
  const fail = (token: Token) => {
    const span = { start: token.start, end: token.end };
    if (token.kind === "end") errors.push({ span, token: null, reportedLine: line - 1, line });
    else if (token.kind === "newline")
      errors.push({ span: { start: token.start, end: token.start }, token: null, reportedLine: line, line });
    else {
      errors.push({ span, token: printed(text, token), reportedLine: line, line });
      const newline = text.indexOf("\n", token.end);
      at = newline === -1 ? text.length : newline + 1;
    }
    line++;
  };

  while (at < text.length && errors.length < MAX_ERRORS) {
    const name = next();
    if (name.kind === "newline") line++;
    else if (name.kind === "end") break;
    else if (name.kind !== "id" && name.kind !== "qualified-id") fail(name);
    else {
      let value = next();
      if (value.kind === "equals") value = next();
      if (!isValue(value)) fail(value);
      else {
        const end = next();
        if (end.kind !== "newline" && end.kind !== "end") fail(end);
        else entries.push(entry(source, name, value, line++));
      }
    }
  }
  return { source, entries, errors, comments, abandoned: errors.length >= MAX_ERRORS };
}

const isValue = (token: Token): boolean =>
  token.kind === "id" ||
  token.kind === "string" ||
  token.kind === "integer" ||
  token.kind === "real" ||
  token.kind === "unquoted";

function entry({ text, encoding }: Source, name: Token, value: Token, line: number): ConfEntry {
  const written = text.slice(value.start, value.end);
  const quoted = value.kind === "string";
  return {
    name: text.slice(name.start, name.end),
    nameSpan: { start: name.start, end: name.end },
    value: quoted ? unquote(written, encoding) : written,
    valueSpan: { start: value.start, end: value.end },
    quoted,
    line,
  };
}

// The message is a C string: a NUL byte, which is always a token of its own, prints as nothing.
function printed(text: string, token: Token): string {
  const written = text.slice(token.start, token.end);
  const nul = written.indexOf("\0");
  return nul === -1 ? written : written.slice(0, nul);
}

/** The text of the document put together again from its parts; the same as what was read. */
export function printConf(document: ConfDocument): string {
  const { text } = document.source;
  const spans: Span[] = [...document.comments];
  for (const entry of document.entries) spans.push(entry.nameSpan, entry.valueSpan);
  for (const error of document.errors) spans.push(error.span);
  spans.sort((a, b) => a.start - b.start || a.end - b.end);
  let printed = "";
  let at = 0;
  for (const span of spans) {
    if (span.start < at) continue;
    printed += text.slice(at, span.start) + text.slice(span.start, span.end);
    at = span.end;
  }
  return printed + text.slice(at);
}
