import { common } from "./blocks.ts";
import { ANY, type Element, Elements, type FoundIn, REPLICATION } from "./elements.ts";
import { Effort } from "./gaps.ts";
import { type Opening, Openings } from "./openings.ts";
import { type Keys, keysOf, keysOfLogin, type Login, loginOf, type Pair, settled } from "./pairs.ts";
import type { Pattern } from "./patterns.ts";
import { linesIn } from "./prefix-tree.ts";
import { type Cover, Taken } from "./taken.ts";
import type { Ways } from "./ways.ts";

/** What the lines before it leave of a line, whatever roles, networks and names there are. */
export interface Rest {
  /** The ways on which some connection may still get to it; 0 where it never matches. */
  readonly open: Ways;
  /** Where it never matches: lines that together take its connections, none where it has none by itself. */
  readonly by: readonly number[];
  /** It takes too much to tell; it counts as open. */
  readonly tooMany: boolean;
}

/** A login, a way and addresses from which it gets to a line. */
export interface Sample extends Opening {
  readonly login: Login;
}

/** What one line may take, and all together, in steps of some 50 ns. */
const EFFORT_OF_A_LINE = 100_000;
const EFFORT = 10_000_000;
/** To look for one pair of a database and a user. */
const OF_A_PAIR = 5;

/** What stands in the way where no connection was found for a line. */
export function obstacle({ databases, users }: Pattern, { tooMany }: Pick<Rest, "tooMany">): string {
  if (tooMany) return "too many combinations to look at";
  const expression = [...databases, ...users].find(({ kind }) => kind === "expression");
  return expression ? `which names /${expression.text} is found in` : "which roles there are";
}

/** Above that a line's pairs of a database and a user are looked at as a whole first. */
const MANY_PAIRS = 1000;

/** Nobody reads more of them. */
const MOST_OVERLAPS = 100;

const NONE: readonly number[] = [];

/** Which lines can be reached. They are added in their order; questions about one of them may come at any time. */
export class Reach {
  readonly elements: Elements;
  readonly #taken = new Taken();
  readonly #effort = new Effort(EFFORT);
  #lines = 0;

  constructor(foundIn: FoundIn) {
    this.elements = new Elements(foundIn);
  }

  /** The next line. */
  add(pattern: Pattern): Rest {
    const line = this.#lines++;
    const rest = this.#restOf(pattern, line);
    if (rest.open !== 0) this.#taken.add(pattern, line);
    return rest;
  }

  /**
   * A connection that no line before one of them takes: for sure, or where what the files do not tell is as it has to
   * be. Undefined where none was found.
   */
  sample(pattern: Pattern, line: number): { readonly sure: boolean; readonly sample: Sample } | undefined {
    const effort = new Effort(EFFORT_OF_A_LINE);
    const { from, ways } = pattern;
    let possible: Sample | undefined;
    for (const pair of this.#pairs(pattern)) {
      const login = loginOf(pair, this.elements);
      if (!login) continue;
      const { surely, maybe } = keysOfLogin(pair, login, this.elements);
      const sure = new Openings(line, effort);
      sure.findSure(from, ways, this.#covers(maybe, effort));
      if (sure.first) return { sure: true, sample: { ...sure.first, login } };
      if (!possible) {
        const other = new Openings(line, effort);
        other.find(from, ways, this.#covers(surely, effort));
        possible = other.first && { ...other.first, login };
      }
      if (effort.exceeded) break;
    }
    return possible && { sure: false, sample: possible };
  }

  /** Lines before one of them that take some of a pattern's connections: some of them, where there are many. */
  overlapping({ ways, databases, users, from }: Pattern, line: number): ReadonlySet<number> {
    const found = new Set<number>();
    const effort = new Effort(MOST_OVERLAPS);
    for (const database of databases)
      for (const user of users) {
        const keys = keysOf(settled(database, user, this.elements), this.elements);
        for (const { first } of this.#covers(keys, effort))
          for (let ranges = first; ranges; ranges = ranges.next)
            for (const block of from.blocks) {
              if ((ranges.ways & ways & block.family) === 0) continue;
              const inTree = ranges.tree ? linesIn(ranges.tree, block, line, MOST_OVERLAPS) : NONE;
              for (const other of inTree) found.add(other);
              for (const other of ranges.odd)
                if (other.line < line && effort.spend() && common(other.block, block)) found.add(other.line);
            }
        if (effort.exceeded || found.size > MOST_OVERLAPS) return found;
      }
    return found;
  }

  #restOf(pattern: Pattern, line: number): Rest {
    const effort = new Effort(EFFORT_OF_A_LINE);
    for (const wider of widerThan(pattern)) {
      const rest = this.#search(wider, line, effort);
      if (rest.open === 0) return rest;
    }
    const rest = this.#search(pattern, line, effort);
    return this.#effort.spend(effort.spent) ? rest : unclear(pattern);
  }

  #search(pattern: Pattern, line: number, effort: Effort): Rest {
    const openings = new Openings(line, effort);
    let open = 0;
    for (const database of pattern.databases)
      for (const user of pattern.users) {
        const pair = settled(database, user, this.elements);
        const covers = this.#covers(keysOf(pair, this.elements), effort);
        if (covers.length === 0) return { open: pattern.ways, by: NONE, tooMany: false };
        open |= openings.find(pattern.from, pattern.ways & ~open, covers);
        if (open === pattern.ways) return { open, by: NONE, tooMany: false };
        if (effort.exceeded) return unclear(pattern);
      }
    return { open, by: open === 0 ? openings.proof : NONE, tooMany: false };
  }

  #covers({ databases, users }: Keys, effort: Effort): readonly Cover[] {
    const covers = this.#taken.covers(databases, users);
    effort.spend(OF_A_PAIR + this.#taken.rectangles + covers.length);
    return covers;
  }

  *#pairs({ databases, users }: Pattern): Generator<Pair> {
    for (const database of databases) for (const user of users) yield settled(database, user, this.elements);
  }
}

const unclear = ({ ways }: Pattern): Rest => ({ open: ways, by: NONE, tooMany: true });

/** What contains a line with long lists, and is quickly looked at. */
function widerThan({ databases, users, ...rest }: Pattern): readonly Pattern[] {
  if (databases.length < 2 || users.length < 2 || databases.length * users.length < MANY_PAIRS) return [];
  const all: readonly Element[] = databases.includes(REPLICATION) ? [ANY, REPLICATION] : [ANY];
  return [
    { ...rest, databases: all, users },
    { ...rest, databases, users: [ANY] },
  ];
}
