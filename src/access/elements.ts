/** What stands in the lists of databases and users; equal ones are one object. */
export interface Element {
  readonly kind: "any" | "name" | "sameuser" | "samerole" | "replication" | "member" | "expression";
  /** The name, the role behind +, the expression behind the slash. */
  readonly text: string;
  /** Itself, and what contains it wherever it stands. */
  readonly within: readonly Element[];
  /** Under which it stands besides, for whoever cannot be told from it. */
  readonly beside: Element | undefined;
}

function element(
  kind: Element["kind"],
  text = "",
  wider: readonly Element[] = [],
  beside: Element | undefined = undefined,
): Element {
  const within = [...wider];
  const made = { kind, text, within, beside };
  within.push(made);
  return made;
}

export const ANY = element("any");
const word = (kind: Element["kind"]) => element(kind, "", [ANY]);

export const SAMEUSER = word("sameuser");
export const SAMEROLE = word("samerole");
/** Physical replication, which is of no database. */
export const REPLICATION = element("replication");

/** The members of some role, for whoever may be a member of any. */
export const SOME_MEMBER = word("member");
/** The names in which some expression is that nobody asked for. */
const SOME_EXPRESSION = word("expression");

/** Is an expression found in a name? Undefined where that cannot be told. */
export type FoundIn = (expression: string, name: string) => boolean | undefined;

/** The expressions that are found in a name, and those that may be. */
export interface Found {
  readonly surely: readonly Element[];
  readonly maybe: readonly Element[];
}

interface Asked extends Found {
  readonly surely: Element[];
  readonly maybe: Element[];
  /** How many of the expressions. */
  asked: number;
}

/** Those beyond may be in any name, so that the names of a large file are soon told. */
const MOST_EXPRESSIONS = 100;
const MOST_QUESTIONS = 100_000;

const NOTHING: Found = { surely: [], maybe: [] };

/** The elements of one file. */
export class Elements {
  readonly #names = new Map<string, Element>();
  readonly #members = new Map<string, Element>();
  readonly #expressions = new Map<string, Element>();
  readonly #found = new Map<string, Asked>();
  readonly #foundIn: FoundIn;
  #questions = 0;

  constructor(foundIn: FoundIn) {
    this.#foundIn = foundIn;
  }

  name = (text: string): Element => intern(this.#names, text, () => element("name", text, [ANY]));
  member = (role: string): Element =>
    intern(this.#members, role, () => element("member", role, [ANY], SOME_MEMBER));
  expression = (text: string): Element =>
    intern(this.#expressions, text, () => {
      const isAsked = this.#expressions.size < MOST_EXPRESSIONS;
      return element("expression", text, [ANY], isAsked ? undefined : SOME_EXPRESSION);
    });

  /** The members of a role of that name. */
  membersOf(name: string): Element | undefined {
    return this.#members.size === 0 ? undefined : this.#members.get(name);
  }

  /** The name and the members of such a role, as far as lines have them. */
  known(name: string): readonly Element[] {
    return [this.#names.get(name), this.#members.get(name)].filter((its) => its !== undefined);
  }

  /** A name that the file does not have, and with as few of its expressions in it as can be. */
  freshName(wish: string): string {
    for (const name of [wish, `${wish}_1`, "x", "0", "zzz"])
      if (this.known(name).length === 0 && this.expressionsIn(name) === NOTHING) return name;
    let count = 2;
    while (this.known(`${wish}_${count}`).length > 0) count++;
    return `${wish}_${count}`;
  }

  /** A name in which an expression surely is: what is left of it without its signs. */
  nameWith(expression: string): string | undefined {
    const plain = expression
      .replace(/\\(?=\W)|[\^$()]|[?*+]$|\.[*+]|\[.*?\]|\{.*?\}/g, "")
      .replace(/\|.*/, "");
    const wishes = [`${plain}_x`, `${plain}1`, `x${plain}`, plain, `${plain}x`, `x_${plain}`];
    const found = wishes.filter((name) => name !== "" && this.#foundIn(expression, name) === true);
    return found.find((name) => !this.#names.has(name)) ?? found[0];
  }

  expressionsIn(name: string): Found {
    if (this.#expressions.size === 0) return NOTHING;
    const known = this.#found.get(name) ?? { surely: [], maybe: [], asked: 0 };
    if (known.asked < this.#expressions.size) this.#ask(name, known);
    return known.surely.length + known.maybe.length === 0 ? NOTHING : known;
  }

  /** Those that came since it was asked last. */
  #ask(name: string, known: Asked): void {
    let at = 0;
    for (const expression of this.#expressions.values()) {
      if (at++ < known.asked) continue;
      if (expression.beside) {
        known.maybe.push(expression.beside);
        break;
      }
      const answer = this.#questions++ < MOST_QUESTIONS ? this.#foundIn(expression.text, name) : undefined;
      if (answer === true) known.surely.push(expression);
      else if (answer === undefined) known.maybe.push(expression);
    }
    known.asked =
      this.#expressions.size > MOST_EXPRESSIONS ? Number.POSITIVE_INFINITY : this.#expressions.size;
    this.#found.set(name, known);
  }
}

function intern(known: Map<string, Element>, text: string, make: () => Element): Element {
  const before = known.get(text);
  if (before) return before;
  const made = make();
  known.set(text, made);
  return made;
}
