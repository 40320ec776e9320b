import type { Version } from "../catalog/version.ts";
import { byteLength, type Source } from "../text/source.ts";

/** A line of pg_hba.conf or pg_ident.conf as the server puts it together, before it looks for tokens. */
export interface AuthLine {
  readonly text: string;
  /** The number of its first physical line. */
  readonly line: number;
  /** Offset in the source of a character of `text`. */
  at(index: number): number;
  /** Up to 13 a line may be too long for the server's buffer. */
  readonly tooLong: boolean;
}

/** The longest line that fits the buffer, its newline included; from 14 on a line may be of any length. */
function bufferSize({ major, minor }: Version): number | undefined {
  if (major >= 14) return undefined;
  const grown = { 10: Number.POSITIVE_INFINITY, 11: 21, 12: 16, 13: 12 }[major] ?? 0;
  return minor === null ? (major === 10 ? 8192 : 20_480) : minor >= grown ? 20_480 : 8192;
}

/** The logical lines of a file. */
export function* authLines(source: Source, version: Version): Generator<AuthLine> {
  const limit = bufferSize(version);
  yield* limit === undefined ? continuedLines(source) : bufferedLines(source, limit);
}

/** fgets() with a buffer, as up to 13. What does not fit is an error, and the rest is read as the next line. */
function* bufferedLines(source: Source, limit: number): Generator<AuthLine> {
  const { text } = source;
  let line = 1;
  for (let start = 0; start < text.length; line++) {
    const newline = text.indexOf("\n", start);
    const whole = newline === -1 ? text.length : newline + 1;
    const end = fitting(source, start, whole, limit - 1);
    const tooLong = byteLength(text.slice(start, end), source.encoding) === limit - 1;
    const nul = text.slice(start, end).indexOf("\0");
    const visible = text.slice(start, nul === -1 ? end : start + nul).replace(/[\r\n]+$/, "");
    const from = start;
    yield { text: visible, line, tooLong, at: (index) => from + index };
    start = end;
  }
}

/** The end of the longest piece from `start` that has at most `limit` bytes. */
function fitting({ text, encoding }: Source, start: number, end: number, limit: number): number {
  if ((end - start) * 3 <= limit || byteLength(text.slice(start, end), encoding) <= limit) return end;
  let at = start;
  for (let bytes = 0; at < end; at++) {
    bytes += byteLength(text[at] ?? "", encoding);
    if (bytes > limit) break;
  }
  return Math.max(at, start + 1);
}

/** A part of a line as it stands in the file. */
interface Piece {
  readonly index: number;
  readonly offset: number;
}

/** Lines joined by a backslash at their end, comments included, as from 14 on. */
function* continuedLines({ text }: Source): Generator<AuthLine> {
  const hasNul = text.includes("\0");
  let line = 1;
  for (let start = 0; start < text.length; ) {
    const plain = hasNul ? undefined : plainLine(text, start);
    if (plain) {
      const from = start;
      start = plain.next;
      yield { text: text.slice(from, plain.end), line: line++, tooLong: false, at: (index) => from + index };
      continue;
    }
    const pieces: Piece[] = [];
    const first = line;
    // Put together at the end: a line that goes on ten thousand times would be copied as often.
    const joined: string[] = [];
    let length = 0;
    // What an earlier backslash left behind does not count: a line that goes on must have grown.
    for (let kept = 0; ; kept = length) {
      const physical = visibleParts(text, start);
      for (const part of physical.parts) {
        pieces.push({ index: length, offset: part.offset });
        joined.push(part.text);
        length += part.text.length;
      }
      length -= cutEnd(joined, (char) => char === "\n" || char === "\r");
      start = physical.end;
      line++;
      if (length <= kept || !joined.at(-1)?.endsWith("\\")) break;
      joined.push(joined.pop()?.slice(0, -1) ?? "");
      length--;
      if (start >= text.length) break;
    }
    yield { text: joined.join(""), line: first, tooLong: false, at: (index) => offsetOf(pieces, index) };
  }
}

/** Takes the last characters away, from as many parts as they are in, and tells how many they were. */
function cutEnd(parts: string[], isCut: (char: string) => boolean): number {
  let cut = 0;
  for (let last = parts.pop(); last !== undefined; last = parts.pop()) {
    let end = last.length;
    while (end > 0 && isCut(last[end - 1] ?? "")) end--;
    cut += last.length - end;
    if (end === 0) continue;
    parts.push(last.slice(0, end));
    break;
  }
  return cut;
}

/** The line that starts at `start`, unless it goes on behind a backslash: nearly all that there are. */
function plainLine(text: string, start: number): { end: number; next: number } | undefined {
  const newline = text.indexOf("\n", start);
  const next = newline === -1 ? text.length : newline + 1;
  let end = newline === -1 ? text.length : newline;
  while (end > start && text[end - 1] === "\r") end--;
  return text[end - 1] === "\\" && end > start ? undefined : { end, next };
}

/** One line with its newline. A NUL byte hides what follows it, the newline too, so that the next line joins on. */
function visibleParts(
  text: string,
  start: number,
): { parts: { text: string; offset: number }[]; end: number } {
  const parts: { text: string; offset: number }[] = [];
  for (let at = start; ; ) {
    const newline = text.indexOf("\n", at);
    const end = newline === -1 ? text.length : newline + 1;
    const nul = text.slice(at, end).indexOf("\0");
    parts.push({ text: text.slice(at, nul === -1 ? end : at + nul), offset: at });
    if (nul === -1 || end >= text.length) return { parts, end };
    at = end;
  }
}

function offsetOf(pieces: readonly Piece[], index: number): number {
  let low = 0;
  for (let high = pieces.length; high - low > 1; ) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.index ?? 0) <= index) low = middle;
    else high = middle;
  }
  const piece = pieces[low];
  return piece ? piece.offset + index - piece.index : index;
}
