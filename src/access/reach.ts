import { ANY, type Element, Elements, type FoundIn, REPLICATION } from "./elements.ts";
import { Effort } from "./gaps.ts";
import { type Opening, Openings } from "./openings.ts";
import { type Keys, keysOf, keysOfLogin, type Login, loginOf, type Pair, settled } from "./pairs.ts";
import type { Pattern } from "./patterns.ts";
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
const EFFORT = 20_000_000;

/** Above that a line's pairs of a database and a user are looked at as a whole first. */
const MANY_PAIRS = 1000;

const NONE: readonly number[] = [];

/** Which lines can be reached. They are added in their order; questions about one of them may come at any time. */
export class Reach {
  readonly elements: Elements;
  readonly rests: Rest[] = [];
  readonly patterns: Pattern[] = [];
  readonly #taken = new Taken();
  readonly #effort = new Effort(EFFORT);

  constructor(foundIn: FoundIn) {
    this.elements = new Elements(foundIn);
  }

  add(pattern: Pattern): Rest {
    const line = this.patterns.push(pattern) - 1;
    const rest = this.#restOf(pattern, line);
    this.rests.push(rest);
    if (rest.open !== 0) this.#taken.add(pattern, line);
    return rest;
  }

  /**
   * A connection that gets to a line by one of the ways: for sure, or where what the files do not tell is as it has to
   * be. Undefined where there is none, or none was found.
   */
  sample(line: number, ways: Ways): { readonly sure: boolean; readonly sample: Sample } | undefined {
    const pattern = this.patterns[line];
    const open = (this.rests[line]?.open ?? 0) & ways;
    if (!pattern || open === 0) return undefined;
    return this.sampleOf({ ...pattern, ways: open }, line);
  }

  /** The same for any pattern, as if it stood in place of the line. */
  sampleOf(pattern: Pattern, line: number): { readonly sure: boolean; readonly sample: Sample } | undefined {
    const effort = new Effort(EFFORT_OF_A_LINE);
    const openings = new Openings(line, effort);
    const { from, ways } = pattern;
    let possible: Sample | undefined;
    for (const pair of this.#pairs(pattern)) {
      const login = loginOf(pair, this.elements);
      if (!login) continue;
      const { surely, maybe } = keysOfLogin(pair, login, this.elements);
      const [sure] = openings.findSure(from, ways, this.#covers(maybe, effort));
      if (sure) return { sure: true, sample: { ...sure, login } };
      if (!possible) {
        const [other] = openings.find(from, ways, this.#covers(surely, effort));
        if (other) possible = { ...other, login };
      }
      if (effort.exceeded) break;
    }
    return possible && { sure: false, sample: possible };
  }

  /** What is in the way where no connection was found. */
  obstacle(line: number): string {
    if (this.rests[line]?.tooMany) return "too many combinations to look at";
    const { databases = [], users = [] } = this.patterns[line] ?? {};
    const expression = [...databases, ...users].find(({ kind }) => kind === "expression");
    return expression ? `which names /${expression.text} is found in` : "which roles there are";
  }

  #restOf(pattern: Pattern, line: number): Rest {
    const effort = new Effort(EFFORT_OF_A_LINE);
    for (const wider of widerThan(pattern)) {
      const rest = this.#search(wider, line, effort);
      if (rest.open === 0 && !rest.tooMany) return rest;
    }
    const rest = this.#search(pattern, line, effort);
    return this.#effort.spend(effort.spent) ? rest : unclear(pattern);
  }

  #search(pattern: Pattern, line: number, effort: Effort): Rest {
    const openings = new Openings(line, effort);
    let open = 0;
    for (const pair of this.#pairs(pattern)) {
      const covers = this.#covers(keysOf(pair, this.elements), effort);
      for (const { ways } of openings.find(pattern.from, pattern.ways & ~open, covers)) open |= ways;
      if (open === pattern.ways) break;
      if (effort.exceeded) return unclear(pattern);
    }
    return { open, by: open === 0 ? [...openings.proof].sort((a, b) => a - b) : NONE, tooMany: false };
  }

  #covers({ databases, users }: Keys, effort: Effort): readonly Cover[] {
    effort.spend(1 + this.#taken.rectangles);
    return this.#taken.covers(databases, users);
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
