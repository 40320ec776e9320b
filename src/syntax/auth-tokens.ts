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

/** Its place is made when somebody asks: a large file has half a million tokens, and few that are wrong. */
class Token implements AuthToken {
  readonly text: string;
  readonly quoted: boolean;
  readonly #source: Source;
  readonly #start: number;
  readonly #end: number;

  constructor(text: string, quoted: boolean, source: Source, start: number, end: number) {
    this.text = text;
    this.quoted = quoted;
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  get place(): Place {
    return { source: this.#source, span: { start: this.#start, end: this.#end } };
  }
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

const TAB = 9;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const COMMA = 44;

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
  const plain = plainWord(text, start);
  if (plain.length > 0 && plain.length < limit / 3)
    return {
      token: new Token(plain, false, source, line.at(start), line.at(start + plain.length - 1) + 1),
      comma: text[start + plain.length] === ",",
      next: start + plain.length,
    };
  let word = "";
  let bytes = 0;
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
    if (bytes >= limit) return { token: finish(at), comma: false, next: text.length, tooLong: word };
    if (char === "," && !inQuote) {
      comma = true;
      break;
    }
    if (char !== '"' || wasQuote) {
      word += char;
      bytes += byteLength(char, source.encoding);
    }
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
    return new Token(word, quoted, source, line.at(start), line.at(end - 1) + 1);
  }
}

/** A word without quotes that a blank, a comma or the end of the line ends; empty where there is none. */
function plainWord(text: string, start: number): string {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === HASH) return "";
    if (code === SPACE || code === TAB || code === RETURN || code === COMMA) return text.slice(start, at);
  }
  return text.slice(start);
}

/** A keyword, which a quoted token never is. */
export const isKeyword = (token: AuthToken, word: string): boolean => !token.quoted && token.text === word;
