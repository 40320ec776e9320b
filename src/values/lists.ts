import { foldName } from "../catalog/fold.ts";
import { byteLength } from "../text/source.ts";

/** The list readers of varlena.c, which many settings use. Undefined: the list does not parse. */

/** SplitIdentifierString: names parted by commas, cut to 63 bytes; unquoted ones are in lower case and end at a blank. */
export const splitIdentifiers = (text: string): string[] | undefined => split(text, foldName)?.map(cutName);

/** SplitGUCList: the same, but every name stays as it is written. */
export const splitNames = (text: string): string[] | undefined => split(text, (name) => name);

function split(text: string, unquoted: (name: string) => string): string[] | undefined {
  const names: string[] = [];
  let at = skipSpace(text, 0);
  if (at === text.length) return names;
  for (;;) {
    if (text[at] === '"') {
      const end = quotedEnd(text, at);
      if (end === -1) return undefined;
      names.push(text.slice(at + 1, end - 1).replaceAll('""', '"'));
      at = end;
    } else {
      const start = at;
      while (at < text.length && text[at] !== "," && !isSpace(text[at])) at++;
      if (at === start) return undefined;
      names.push(unquoted(text.slice(start, at)));
    }
    at = skipSpace(text, at);
    if (at === text.length) return names;
    if (text[at] !== ",") return undefined;
    at = skipSpace(text, at + 1);
  }
}

/** The place behind the closing quote, or -1. */
function quotedEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at + 1;
    at++;
  }
  return -1;
}

/** SplitDirectoriesString: paths parted by commas, which may have blanks inside. */
export function splitDirectories(text: string): string[] | undefined {
  const paths: string[] = [];
  let at = skipSpace(text, 0);
  if (at === text.length) return paths;
  for (;;) {
    if (text[at] === '"') {
      const end = quotedEnd(text, at);
      if (end === -1) return undefined;
      paths.push(text.slice(at + 1, end - 1).replaceAll('""', '"'));
      at = end;
    } else {
      const comma = text.indexOf(",", at);
      const end = comma === -1 ? text.length : comma;
      const path = text.slice(at, end).replace(/[ \t\n\v\f\r]+$/, "");
      if (path === "") return undefined;
      paths.push(path);
      at = end;
    }
    at = skipSpace(text, at);
    if (at === text.length) return paths;
    if (text[at] !== ",") return undefined;
    at = skipSpace(text, at + 1);
  }
}

// scanner_isspace(); the vertical tab joined it in 16.
const isSpace = (char: string | undefined) => char !== undefined && /^[ \t\n\r\f\v]$/.test(char);

function skipSpace(text: string, at: number): number {
  while (at < text.length && isSpace(text[at])) at++;
  return at;
}

export const MAX_NAME_BYTES = 63;

/** A name as the server keeps it: no longer than 63 bytes. */
export function cutName(text: string): string {
  if (byteLength(text) <= MAX_NAME_BYTES) return text;
  let cut = "";
  for (const char of text) {
    if (byteLength(cut + char) > MAX_NAME_BYTES) break;
    cut += char;
  }
  return cut;
}

/** pg_strcasecmp() == 0 */
export const sameWord = (a: string, b: string): boolean =>
  a.length === b.length && foldName(a) === foldName(b);
