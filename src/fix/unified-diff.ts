/** Lines of both texts that differ: `a` up to `aEnd` becomes `b` up to `bEnd`. */
interface Change {
  readonly a: number;
  readonly aEnd: number;
  readonly b: number;
  readonly bEnd: number;
}

export interface DiffOptions {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** A hunk with such a line is left out, and counted. */
  readonly isSecret?: (line: string) => boolean;
}

export interface Diff {
  /** Empty where nothing is shown. */
  readonly text: string;
  readonly hidden: number;
}

const CONTEXT = 3;

/** The difference of two texts for `patch -p1` and `git apply`. */
export function unifiedDiff({ path, before, after, isSecret = () => false }: DiffOptions): Diff {
  const a = linesOf(before);
  const b = linesOf(after);
  const hunks = hunksOf(changesOf(a, b));
  const shown: string[] = [];
  let moved = 0;
  for (const hunk of hunks) {
    const lines = linesOfHunk(hunk, a, b);
    if (lines.some((line) => isSecret(line.slice(1)))) continue;
    shown.push(header(hunk, a.length, lines, moved), ...lines.map(printed));
    moved += count(lines, "+") - count(lines, "-");
  }
  const head = [`--- ${fileName(`a/${path}`)}\n`, `+++ ${fileName(`b/${path}`)}\n`];
  const hidden = hunks.length - shown.filter((line) => line.startsWith("@@")).length;
  return { text: shown.length > 0 ? [...head, ...shown].join("") : "", hidden };
}

/** With their line ends; the last may have none. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * Where lines differ, the next pair of equal ones with the fewest lines before it ends the change. Edits are small
 * and far apart, so that this is the shortest difference nearly always, and always a right one.
 */
function changesOf(a: readonly string[], b: readonly string[]): Change[] {
  const places = new Map<string, number[]>();
  for (const [at, line] of b.entries()) {
    const known = places.get(line);
    if (known) known.push(at);
    else places.set(line, [at]);
  }
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      i++;
      j++;
      continue;
    }
    let [aEnd, bEnd] = [a.length, b.length];
    for (let at = i; at < a.length && at - i < aEnd - i + bEnd - j; at++) {
      const same = firstFrom(places.get(a[at] ?? "") ?? [], j);
      if (same !== undefined && at + same < aEnd + bEnd) [aEnd, bEnd] = [at, same];
    }
    changes.push({ a: i, aEnd, b: j, bEnd });
    [i, j] = [aEnd, bEnd];
  }
  return changes;
}

/** The first of sorted numbers that is not below `least`. */
function firstFrom(numbers: readonly number[], least: number): number | undefined {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return numbers[low];
}

/** Changes whose context would meet are one hunk. */
function hunksOf(changes: readonly Change[]): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1);
    if (last && change.a - last.aEnd <= 2 * CONTEXT) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

/** The lines of a hunk, each behind its sign. */
function linesOfHunk(hunk: readonly Change[], a: readonly string[], b: readonly string[]): string[] {
  const signed = (sign: string, lines: readonly string[]) => lines.map((line) => sign + line);
  const lines: string[] = [];
  let at = Math.max(0, (hunk[0]?.a ?? 0) - CONTEXT);
  for (const change of hunk) {
    for (const [sign, some] of [
      [" ", a.slice(at, change.a)],
      ["-", a.slice(change.a, change.aEnd)],
      ["+", b.slice(change.b, change.bEnd)],
    ] as const)
      for (const line of some) lines.push(sign + line);
    at = change.aEnd;
  }
  return [...lines, ...signed(" ", a.slice(at, at + CONTEXT))];
}

/** `moved` is by how many lines the hunks before this one have moved it. */
function header([first]: readonly Change[], total: number, lines: readonly string[], moved: number): string {
  const start = Math.max(0, (first?.a ?? 0) - CONTEXT);
  const old = count(lines, "-") + count(lines, " ");
  const now = count(lines, "+") + count(lines, " ");
  // An empty range is named by the line before it.
  const range = (from: number, length: number) => (length === 0 ? `${from},0` : `${from + 1},${length}`);
  return `@@ -${range(Math.min(start, total), old)} +${range(start + moved, now)} @@\n`;
}

const count = (lines: readonly string[], sign: string) =>
  lines.filter((line) => line.startsWith(sign)).length;

const printed = (line: string) => (line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`);

/** As git writes a name: in quotes where it needs them, and with a tab behind one that has spaces. */
function fileName(name: string): string {
  if (!/[^ -~]|["\\]/.test(name)) return name.includes(" ") ? `${name}\t` : name;
  const bytes = [...new TextEncoder().encode(name)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, "0")}` : character;
  });
  return `"${bytes.join("")}"`;
}
