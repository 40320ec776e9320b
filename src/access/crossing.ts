import type { Block } from "./blocks.ts";
import { common } from "./blocks.ts";
import { ANY, type Element, type Elements, REPLICATION } from "./elements.ts";
import { Effort } from "./gaps.ts";
import { Openings } from "./openings.ts";
import { keysOfLogin } from "./pairs.ts";
import { hasAddressesOf, hasLoginsOf, isHostName, type Origin, type Pattern } from "./patterns.ts";
import type { Sample } from "./reach.ts";
import { Taken } from "./taken.ts";
import { keysOfTerms, loginOfTerms, type Terms, termsOfBoth } from "./terms.ts";
import type { Ways } from "./ways.ts";

/** A pattern of each of two lists that connections get to, as far as no earlier pattern of either list takes them. */
export interface Crossing {
  readonly before: number;
  readonly after: number;
  readonly ways: Ways;
  readonly from: Origin;
  readonly terms: readonly Terms[];
  /** Earlier patterns take none of it. */
  readonly whole: boolean;
  /** Some of these connections, the most certain first. None where it takes too much to tell whether there are any. */
  readonly samples: readonly CrossingSample[];
}

/** One that gets there for sure, or where what the files do not tell is as it has to be. */
export interface CrossingSample {
  readonly sure: boolean;
  readonly sample: Sample;
}

/** What one pair of patterns may take, and all together, in steps of some 50 ns. */
const EFFORT_OF_A_PAIR = 100_000;
const EFFORT = 20_000_000;

/** Beyond that others are likely to be the same. */
const MOST_SAMPLES = 8;

/**
 * Where two lists of patterns have to be told apart: pairs with connections that pass all that comes before in either
 * list. No connection that gets to such a pair is left out.
 */
export function* crossings(
  before: readonly Pattern[],
  after: readonly Pattern[],
  elements: Elements,
  isAsked: (before: number, after: number) => boolean,
): Generator<Crossing> {
  const effort = new Effort(EFFORT);
  for (const [at, pattern] of before.entries()) {
    const met: number[] = [];
    for (const [index, other] of after.entries()) {
      if (!mayMeet(pattern, other)) continue;
      met.push(index);
      if (hasAllOf(other, pattern)) break;
    }
    if (!met.some((index) => isAsked(at, index))) continue;
    const taken: Pattern[] = before.slice(0, at).filter((earlier) => mayMeet(earlier, pattern));
    const row = new Row(pattern, elements, taken, effort);
    for (const index of met) {
      const other = after[index];
      if (!other) continue;
      if (isAsked(at, index)) {
        const meeting = row.meet(other);
        if (meeting) yield { ...meeting, before: at, after: index };
      }
      row.add(other);
    }
  }
}

/** One pattern of the first list with what is taken of it. */
class Row {
  readonly #pattern: Pattern;
  readonly #elements: Elements;
  readonly #all: Effort;
  readonly #taken = new Taken();
  readonly #patterns: Pattern[] = [];

  constructor(pattern: Pattern, elements: Elements, taken: readonly Pattern[], all: Effort) {
    this.#pattern = pattern;
    this.#elements = elements;
    this.#all = all;
    for (const earlier of taken) this.add(earlier);
  }

  add(pattern: Pattern): void {
    this.#taken.add(pattern, this.#patterns.length);
    this.#patterns.push(pattern);
  }

  meet(other: Pattern): Omit<Crossing, "before" | "after"> | undefined {
    const from = sharedOrigin(this.#pattern.from, other.from);
    const ways = this.#pattern.ways & other.ways;
    if (!from || ways === 0) return undefined;
    const effort = new Effort(this.#all.exceeded ? 0 : EFFORT_OF_A_PAIR);
    const open: Terms[] = [];
    const samples: CrossingSample[] = [];
    let openWays = 0;
    for (const terms of termsOfBoth(this.#pattern, other, this.#elements)) {
      const its = this.#openTo(terms, from, ways, effort);
      if (its === 0) continue;
      openWays |= its;
      open.push(terms);
      if (samples.length < MOST_SAMPLES && !effort.exceeded)
        samples.push(...this.#samples(terms, from, its, effort));
    }
    this.#all.spend(effort.spent);
    if (openWays === 0) return undefined;
    return { ways: openWays, from, terms: open, whole: this.#isWhole(openWays, from, open), samples };
  }

  /** All ways where it takes too much to tell. */
  #openTo(terms: Terms, from: Origin, ways: Ways, effort: Effort): Ways {
    if (!effort.spend()) return ways;
    const { databases, users } = keysOfTerms(terms, this.#elements);
    const open = new Openings(this.#patterns.length, effort).find(
      from,
      ways,
      this.#taken.covers(databases, users),
    );
    return effort.exceeded ? ways : open;
  }

  #samples(terms: Terms, from: Origin, ways: Ways, effort: Effort): CrossingSample[] {
    const login = loginOfTerms(terms, this.#elements);
    if (!login) return [];
    const { database, user } = terms;
    const pair = {
      database: database[0] ?? ANY,
      user: user.find(({ kind }) => kind !== "expression") ?? ANY,
    };
    const { surely, maybe } = keysOfLogin(pair, login, this.#elements);
    const keys = keysOfTerms(terms, this.#elements);
    const covers = (more: typeof surely) =>
      this.#taken.covers(
        [...new Set([...keys.databases, ...more.databases])],
        [...new Set([...keys.users, ...more.users])],
      );
    const sure = new Openings(this.#patterns.length, effort);
    sure.findSure(from, ways, covers(maybe));
    const possible = new Openings(this.#patterns.length, effort);
    possible.find(from, ways, covers(surely));
    const sampleOf = (isSure: boolean, { first }: Openings) =>
      first ? [{ sure: isSure, sample: { ...first, login } }] : [];
    return [...sampleOf(true, sure), ...sampleOf(false, possible)];
  }

  #isWhole(ways: Ways, from: Origin, terms: readonly Terms[]): boolean {
    const narrow = {
      ways,
      from,
      databases: [...new Set(terms.flatMap(({ database }) => database))],
      users: [...new Set(terms.flatMap(({ user }) => user))],
    };
    return !this.#patterns.some((earlier) => mayMeet(earlier, narrow));
  }
}

/** Whatever names there are, and whoever is in a role: a cheap look that never says no in error. */
export const mayMeet = (one: Pattern, other: Pattern): boolean =>
  (one.ways & other.ways) !== 0 &&
  one.from.blocks.some((block) => other.from.blocks.some((its) => overlap(block, its))) &&
  mayShare(one.users, other.users) &&
  mayShare(one.databases, other.databases);

function overlap(one: Block, other: Block): boolean {
  if (one.family !== other.family) return false;
  for (let at = 0; at < one.words.length; at++) {
    const compared = (one.mask.words[at] ?? 0) & (other.mask.words[at] ?? 0);
    if ((((one.words[at] ?? 0) ^ (other.words[at] ?? 0)) & compared) !== 0) return false;
  }
  return true;
}

function mayShare(ones: readonly Element[], others: readonly Element[]): boolean {
  const [short, long] = ones.length <= others.length ? [ones, others] : [others, ones];
  if (short.some((one) => long.includes(one))) return true;
  return hasOpaque(short) ? long.some(isNoReplication) : hasOpaque(long) && short.some(isNoReplication);
}

const hasOpaque = (list: readonly Element[]) =>
  list.some((its) => its.kind !== "name" && isNoReplication(its));
const isNoReplication = (element: Element) => element !== REPLICATION;

const hasAllOf = (wide: Pattern, narrow: Pattern): boolean =>
  (narrow.ways & ~wide.ways) === 0 && hasLoginsOf(wide, narrow) && hasAddressesOf(wide.from, narrow.from);

/** Where clients of both come from; undefined where that is nowhere. */
export function sharedOrigin(one: Origin, other: Origin): Origin | undefined {
  if (hasAddressesOf(one, other)) return other;
  if (hasAddressesOf(other, one)) return one;
  // A client's address has one name.
  if (isHostName(one) && isHostName(other)) return undefined;
  const blocks = commonBlocks(one.blocks, other.blocks);
  return blocks.length === 0
    ? undefined
    : {
        blocks,
        surely: commonBlocks(one.surely, other.surely),
        name: one.name ?? other.name,
        within: [...one.within, ...other.within],
      };
}

const commonBlocks = (ones: readonly Block[], others: readonly Block[]): Block[] =>
  ones.flatMap((one) => others.flatMap((other) => common(one, other) ?? []));
