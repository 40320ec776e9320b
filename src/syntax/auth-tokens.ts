import type { Version } from "../catalog/version.ts";
import { byteLength, type Place, type Source } from "../text/source.ts";
import type { AuthLine } from "./auth-lines.ts";

/** A word of pg_hba.conf or pg_ident.conf, its quotes resolved. */
export interface AuthToken {
  readonly text: string;
  /** It starts with a quote, so that it is no keyword, no +role and no @file. */
  readonly quoted: boolean;
  readonly place: Place;
}

/** What the scanner finds next on a line. */
interface Scanned {
  readonly token: AuthToken | undefined;
  /** A comma ended it, so that the next token belongs to the same field. */
  readonly comma: boolean;
  readonly next: number;
  /** The first bytes of a token that does not fit the server's buffer. */
  readonly tooLong?: string;
}

/** The most bytes of a token; from 16 on there is no limit. */
export function tokenLimit({ major, minor }: Version): number {
  if (major >= 16) return Number.POSITIVE_INFINITY;
  const grown = { 11: 21, 12: 16, 13: 12, 14: 9, 15: 4 }[major];
  return grown !== undefined && (minor === null || minor >= grown) ? 10_239 : 255;
}

const isBlank = (char: string) => char === " " || char === "\t" || char === "\r";

/** next_token() of hba.c. */
export function scanToken(line: AuthLine, source: Source, from: number, limit: number): Scanned {
  const { text } = line;
  let at = from;
  while (at < text.length && (isBlank(text[at] ?? "") || text[at] === ",")) at++;
  const start = at;
  let word = "";
  let inQuote = false;
  let wasQuote = false;
  let sawQuote = false;
  let quoted = false;
  let comma = false;
  for (; at < text.length; at++) {
    const char = text[at] ?? "";
    if (!inQuote && isBlank(char)) break;
    if (char === "#" && !inQuote) {
      const token = finish(at);
      return { token, comma: false, next: text.length };
    }
    if (word.length >= limit / 3 && byteLength(word, source.encoding) >= limit)
      return { token: finish(at), comma: false, next: text.length, tooLong: word };
    if (char === "," && !inQuote) {
      comma = true;
      break;
    }
    if (char !== '"' || wasQuote) word += char;
    wasQuote = inQuote && char === '"' ? !wasQuote : false;
    if (char === '"') {
      inQuote = !inQuote;
      sawQuote = true;
      if (word === "") quoted = true;
    }
  }
  return { token: finish(at), comma, next: at };

  function finish(end: number): AuthToken | undefined {
    if (!sawQuote && word === "") return undefined;
    return {
      text: word,
      quoted,
      place: { source, span: { start: line.at(start), end: line.at(end - 1) + 1 } },
    };
  }
}

/** A keyword, which a quoted token never is. */
export const isKeyword = (token: AuthToken, word: string): boolean => !token.quoted && token.text === word;
