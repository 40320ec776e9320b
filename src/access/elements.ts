/** What stands in the lists of databases and users; equal ones are one object. */
export interface Element {
  readonly kind: "any" | "name" | "sameuser" | "samerole" | "replication" | "member" | "expression";
  /** The name, the role behind +, the expression behind the slash. */
  readonly text: string;
}

const word = (kind: Element["kind"]): Element => ({ kind, text: "" });

export const ANY = word("any");
export const SAMEUSER = word("sameuser");
export const SAMEROLE = word("samerole");
/** Physical replication, which is of no database. */
export const REPLICATION = word("replication");

/** The members of some role: stands beside each +role, for whoever may be a member of any. */
export const SOME_MEMBER = word("member");

/** Is an expression found in a name? Undefined where that cannot be told. */
export type FoundIn = (expression: string, name: string) => boolean | undefined;

/** The expressions that are found in a name, and those that may be. */
export interface Found {
  readonly surely: readonly Element[];
  readonly maybe: readonly Element[];
}

const NOTHING: Found = { surely: [], maybe: [] };

/** The elements of one file. */
export class Elements {
  readonly #names = new Map<string, Element>();
  readonly #members = new Map<string, Element>();
  readonly #expressions = new Map<string, Element>();
  readonly #found = new Map<string, Found>();
  readonly #foundIn: FoundIn;

  constructor(foundIn: FoundIn) {
    this.#foundIn = foundIn;
  }

  name = (text: string): Element => intern(this.#names, "name", text);
  member = (role: string): Element => intern(this.#members, "member", role);
  expression = (text: string): Element => intern(this.#expressions, "expression", text);

  get hasMembers(): boolean {
    return this.#members.size > 0;
  }

  /** A name that the file does not have, and with as few of its expressions in it as can be. */
  freshName(wish: string): string {
    for (const name of [wish, `${wish}_1`, "x", "0", "zzz"])
      if (!this.#names.has(name) && this.expressionsIn(name) === NOTHING) return name;
    let count = 2;
    while (this.#names.has(`${wish}_${count}`)) count++;
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
    const known = this.#found.get(name) ?? this.#search(name);
    this.#found.set(name, known);
    return known;
  }

  #search(name: string): Found {
    const surely: Element[] = [];
    const maybe: Element[] = [];
    for (const element of this.#expressions.values()) {
      const answer = this.#foundIn(element.text, name);
      if (answer === true) surely.push(element);
      else if (answer === undefined) maybe.push(element);
    }
    return surely.length + maybe.length === 0 ? NOTHING : { surely, maybe };
  }
}

function intern(known: Map<string, Element>, kind: Element["kind"], text: string): Element {
  const element = known.get(text) ?? { kind, text };
  known.set(text, element);
  return element;
}
