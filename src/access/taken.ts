import type { Block } from "./blocks.ts";
import type { Element } from "./elements.ts";
import { type OddBlock, push, type Shelf } from "./gaps.ts";
import { isHostName, type Origin, type Pattern } from "./patterns.ts";
import { insert, type PrefixNode } from "./prefix-tree.ts";
import type { Ways } from "./ways.ts";

// A large file has a hundred thousand of these, so that what is mostly empty is one object, and lists are chains.
const NO_BLOCKS: OddBlock[] = [];

/** What lines of the same ways in take of one family of addresses. */
class Ranges implements Shelf {
  readonly ways: Ways;
  tree: PrefixNode | undefined;
  odd = NO_BLOCKS;
  readonly next: Ranges | undefined;

  constructor(ways: Ways, next: Ranges | undefined) {
    this.ways = ways;
    this.next = next;
    this.tree = undefined;
  }

  add(block: Block, line: number): void {
    if (!block.mask.odd) this.tree = insert(this.tree, block, line);
    else if (this.odd === NO_BLOCKS) this.odd = [{ block, line }];
    else this.odd.push({ block, line });
  }
}

/** Who takes the addresses of a name first, by each kind of ways in. */
interface NamedShare {
  readonly ways: Ways;
  readonly line: number;
}

const NOBODY: readonly NamedShare[] = [];

/** Addresses that the files do not tell, whichever they are. */
export const SOME_HOST = "some host";
export const SOME_OWN = "some of its own";

/** What is taken of one database and one user. */
export class Cover {
  first: Ranges | undefined;
  #named: Map<string, NamedShare[]> | undefined;

  add(ways: Ways, from: Origin, line: number): void {
    for (const block of from.surely) this.#rangesOf(ways & block.family).add(block, line);
    if (from.name === null) return;
    this.#addName(from.name, ways, line);
    this.#addName(isHostName(from) ? SOME_HOST : SOME_OWN, ways, line);
  }

  named(name: string): readonly NamedShare[] {
    return this.#named?.get(name) ?? NOBODY;
  }

  #rangesOf(ways: Ways): Ranges {
    for (let ranges = this.first; ranges; ranges = ranges.next) if (ranges.ways === ways) return ranges;
    this.first = new Ranges(ways, this.first);
    return this.first;
  }

  #addName(name: string, ways: Ways, line: number): void {
    this.#named ??= new Map();
    const shares = this.#named.get(name) ?? [];
    this.#named.set(name, shares);
    if (!shares.some((share) => (ways & ~share.ways) === 0)) shares.push({ ways, line });
  }
}

/** A line with long lists, as they are. */
interface Rectangle {
  readonly databases: ReadonlySet<Element>;
  readonly users: ReadonlySet<Element>;
  readonly cover: Cover;
}

/** A line with more pairs of a database and a user is kept as a whole, and so are all with several, once there are many. */
const MOST_PAIRS_OF_A_LINE = 1000;
const MOST_PAIRS = 200_000;

const NO_COVERS: readonly Cover[] = [];

/** What lines take, by database and user. */
export class Taken {
  readonly #covers = new Map<Element, Map<Element, Cover>>();
  readonly #rectangles: Rectangle[] = [];
  #pairs = 0;

  add({ ways, databases, users, from }: Pattern, line: number): void {
    const pairs = databases.length * users.length;
    if (pairs > 1 && (pairs > MOST_PAIRS_OF_A_LINE || this.#pairs + pairs > MOST_PAIRS)) {
      const cover = new Cover();
      cover.add(ways, from, line);
      this.#rectangles.push({ databases: new Set(beside(databases)), users: new Set(beside(users)), cover });
      return;
    }
    this.#pairs += pairs;
    for (const database of beside(databases))
      for (const user of beside(users)) this.#coverOf(database, user).add(ways, from, line);
  }

  /** Covers of any of the databases with any of the users. */
  covers(databases: readonly Element[], users: readonly Element[]): readonly Cover[] {
    let found: Cover[] | undefined;
    for (const database of databases) {
      const covers = this.#covers.get(database);
      if (!covers) continue;
      for (const user of users) {
        const cover = covers.get(user);
        if (cover) found = push(found, cover);
      }
    }
    for (const rectangle of this.#rectangles)
      if (hasAny(rectangle.users, users) && hasAny(rectangle.databases, databases))
        found = push(found, rectangle.cover);
    return found ?? NO_COVERS;
  }

  /** What a look at one pair costs besides. */
  get rectangles(): number {
    return this.#rectangles.length;
  }

  #coverOf(database: Element, user: Element): Cover {
    const covers = this.#covers.get(database) ?? new Map<Element, Cover>();
    const cover = covers.get(user) ?? new Cover();
    this.#covers.set(database, covers);
    covers.set(user, cover);
    return cover;
  }
}

function hasAny(set: ReadonlySet<Element>, list: readonly Element[]): boolean {
  for (const element of list) if (set.has(element)) return true;
  return false;
}

const beside = (list: readonly Element[]): readonly Element[] =>
  list.some((its) => its.beside)
    ? [...new Set(list.flatMap((its) => (its.beside ? [its, its.beside] : its)))]
    : list;
