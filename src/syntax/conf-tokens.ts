/** What guc-file.l can make of the text at a place; `error` is any single character that it has no rule for. */
export type TokenKind =
  | "newline"
  | "blank"
  | "comment"
  | "id"
  | "qualified-id"
  | "string"
  | "unquoted"
  | "integer"
  | "real"
  | "equals"
  | "error"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const HASH = 35;
const QUOTE = 39;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const EQUALS = 61;
const BACKSLASH = 92;

/** The longest token at `start`, as flex chooses it: the longest match, and the earlier rule where two tie. */
export function tokenAt(text: string, start: number): Token {
  if (start >= text.length) return { kind: "end", start, end: start };
  const code = text.charCodeAt(start);
  if (code === NEWLINE) return { kind: "newline", start, end: start + 1 };
  if (isBlank(code)) return { kind: "blank", start, end: skip(text, start + 1, isBlank) };
  if (code === HASH) return { kind: "comment", start, end: endOfComment(text, start) };
  if (code === EQUALS) return { kind: "equals", start, end: start + 1 };
  if (isLetter(code)) return word(text, start);
  const end = code === QUOTE ? endOfString(text, start) : -1;
  if (end !== -1) return { kind: "string", start, end };
  return number(text, start) ?? { kind: "error", start, end: start + 1 };
}

function endOfComment(text: string, start: number): number {
  const newline = text.indexOf("\n", start);
  const end = newline === -1 ? text.length : newline;
  // The server's comment runs over a carriage return; for an editor it belongs to the line end.
  return text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
}

/** ID, QUALIFIED_ID (exactly one dot, words on both sides) or UNQUOTED_STRING, whichever is the longest. */
function word(text: string, start: number): Token {
  const id = skip(text, start + 1, isWord);
  const end = skip(text, id, isUnquoted);
  if (end === id) return { kind: "id", start, end };
  if (text.charCodeAt(id) === DOT && isLetter(text.charCodeAt(id + 1)) && skip(text, id + 2, isWord) === end)
    return { kind: "qualified-id", start, end };
  return { kind: "unquoted", start, end };
}

/** INTEGER or REAL; there is no rule for an exponent without a dot, so `1e3` is the two tokens `1e` and `3`. */
function number(text: string, start: number): Token | undefined {
  const sign = text.charCodeAt(start);
  const first = sign === PLUS || sign === MINUS ? start + 1 : start;
  const digits = skip(text, first, isDigit);
  if (text.charCodeAt(digits) === DOT) {
    const fraction = skip(text, digits + 1, isDigit);
    return { kind: "real", start, end: exponent(text, fraction) };
  }
  if (digits === first) return undefined;
  const decimal = skip(text, digits, isAsciiLetter);
  const hex = text.startsWith("0x", first) ? skip(text, first + 2, isHex) : 0;
  const end = hex > first + 2 ? Math.max(decimal, skip(text, hex, isAsciiLetter)) : decimal;
  return { kind: "integer", start, end };
}

function exponent(text: string, at: number): number {
  if (text[at] !== "e" && text[at] !== "E") return at;
  const sign = text.charCodeAt(at + 1);
  const first = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
  const end = skip(text, first, isDigit);
  return end > first ? end : at;
}

/**
 * The end of a quoted string, or -1. A doubled quote is one quote of the value, but where the string never closes,
 * flex falls back to the longest text that does match: up to the first half of the last doubled quote.
 */
function endOfString(text: string, start: number): number {
  let fallback = -1;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return fallback;
    if (code === BACKSLASH) {
      at++;
      if (text.charCodeAt(at) === NEWLINE) return fallback;
    } else if (code === QUOTE) {
      if (text.charCodeAt(at + 1) !== QUOTE) return at + 1;
      fallback = at + 1;
      at++;
    }
  }
  return fallback;
}

function skip(text: string, at: number, matches: (code: number) => boolean): number {
  while (at < text.length && matches(text.charCodeAt(at))) at++;
  return at;
}

const isBlank = (code: number) => code === SPACE || code === TAB || code === RETURN;
const isDigit = (code: number) => code >= 48 && code <= 57;
const isAsciiLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isHex = (code: number) => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
const isLetter = (code: number) => isAsciiLetter(code) || code === 95 || code >= 0x80;
const isWord = (code: number) => isLetter(code) || isDigit(code);
// - . / : and what a word may hold
const isUnquoted = (code: number) => isWord(code) || (code >= 45 && code <= 47) || code === 58;
