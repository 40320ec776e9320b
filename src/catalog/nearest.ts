import { foldName } from "./fold.ts";
import { settingsOf } from "./postgres.ts";
import type { Version } from "./version.ts";

// PostgreSQL cuts a name there; nothing longer is a slip of the finger.
const LONGEST = 63;

/** A name in the shapes that are compared. */
interface Shapes {
  readonly name: string;
  readonly folded: string;
  /** Without underscores, the most forgotten letters of all. */
  readonly bare: string;
  readonly words: readonly string[];
  /** One bit a letter that occurs in it. */
  readonly letters: number;
}

const shapesOfVersion = new Map<string, readonly Shapes[]>();

/** The setting of that version which somebody who wrote `name` most likely meant. */
export function nearestSetting(version: Version, name: string): string | undefined {
  const key = `${version.major}.${version.minor}`;
  const known = shapesOfVersion.get(key) ?? settingsOf(version).map((setting) => shapesOf(setting.name));
  shapesOfVersion.set(key, known);
  return nearest(name, known);
}

/**
 * The name that differs least: in letters (one too many, one too few, another, two swapped), in underscores or
 * in the order of the words; else the only one that goes on where `name` stops, or that has all its words.
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  return nearest(name, names.map(shapesOf));
}

function nearest(name: string, known: readonly Shapes[]): string | undefined {
  if (name.length < 3 || name.length > LONGEST) return undefined;
  const written = shapesOf(name);
  return closest(written, known) ?? completed(written, known);
}

function shapesOf(name: string): Shapes {
  const folded = foldName(name);
  const bare = folded.replaceAll(/[-_.]/g, "");
  return { name, folded, bare, words: folded.split("_").sort(), letters: lettersOf(bare) };
}

function lettersOf(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits |= 1 << (text.charCodeAt(at) & 31);
  return bits;
}

function closest(written: Shapes, known: readonly Shapes[]): string | undefined {
  const { length } = written.folded;
  const limit = length < 5 ? 1 : length < 9 ? 2 : 3;
  let best: { name: string; cost: number; shared: number } | undefined;
  for (const candidate of known) {
    const cost = costOf(written, candidate, limit);
    if (cost > limit || (best && cost > best.cost)) continue;
    const shared = sharedStart(written.folded, candidate.folded);
    if (!best || cost < best.cost || shared > best.shared) best = { name: candidate.name, cost, shared };
  }
  return best?.name;
}

function costOf(written: Shapes, known: Shapes, limit: number): number {
  if (written.words.length > 1 && written.words.join() === known.words.join()) return 1;
  // An edit takes or brings one letter, or does both.
  if (bitsIn(written.letters ^ known.letters) > 2 * limit) return limit + 1;
  const plain = edits(written.bare, known.bare, limit);
  // Whatever the underscores, the texts differ by at least as much as without them.
  if (plain > limit) return plain;
  return Math.min(plain + 0.5, edits(written.folded, known.folded, limit));
}

function bitsIn(number: number): number {
  let count = 0;
  for (let rest = number; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The one name that begins like it, or that has all of its words. */
function completed(written: Shapes, known: readonly Shapes[]): string | undefined {
  if (written.folded.length < 6) return undefined;
  const longer = known.filter(({ folded }) => folded.startsWith(written.folded));
  const [first, ...others] = longer.toSorted((a, b) => a.folded.length - b.folded.length);
  if (first) return others.every(({ folded }) => folded.startsWith(first.folded)) ? first.name : undefined;
  if (written.words.length < 2) return undefined;
  const [wider, second] = known.filter(({ words }) => written.words.every((word) => words.includes(word)));
  return second ? undefined : wider?.name;
}

function sharedStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** Insertions, deletions, replacements and swaps of neighbours that make one of the other; counts to limit + 1. */
function edits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(above, j - 2) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > limit) return limit + 1;
    above = row;
    row = next;
  }
  return Math.min(at(row, b.length), limit + 1);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
