import { entryOf } from "../text/entry-of.ts";
/**
 * PostgreSQL's advanced regular expressions as a tree. They look like JavaScript's and are not: `\b` is a backspace,
 * `$` is never the end of a line, `\Z`, `\m` and `[[:<:]]` exist, `{` may be a plain character. The servers compile
 * those of their authentication files byte by byte in the C collation, so a byte is all that an element matches.
 */
export type RegexNode =
  | { readonly kind: "byte"; readonly has: ReadonlySet<number> }
  | { readonly kind: "sequence"; readonly items: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly items: readonly RegexNode[] }
  | {
      readonly kind: "repeat";
      readonly item: RegexNode;
      readonly least: number;
      readonly most: number;
      readonly greedy: boolean;
    }
  | { readonly kind: "group"; readonly item: RegexNode; readonly number: number }
  | { readonly kind: "look"; readonly item: RegexNode; readonly ahead: boolean; readonly negated: boolean }
  | { readonly kind: Edge };

/** Places between bytes. */
export type Edge = "start" | "end" | "word-start" | "word-end" | "word-edge" | "no-word-edge";

/** Why there is no tree of an expression that the server takes. */
export interface Beyond {
  readonly beyond: string;
}

const beyond = (what: string): Beyond => ({ beyond: what });
const isBeyond = (node: object | undefined): node is Beyond => node !== undefined && "beyond" in node;

/** The tree of an expression that the server compiles, one character a byte; what is not certain is beyond this. */
export function regexTree(pattern: string): RegexNode | Beyond {
  if (pattern.includes("(?#")) return beyond("a comment");
  const flavour = flavourOf(pattern);
  if (isBeyond(flavour)) return flavour;
  const { start, literal, anyCase } = flavour;
  if (literal)
    return {
      kind: "sequence",
      items: [...pattern.slice(start)].map((char) => byteOf([codeOf(char)], anyCase)),
    };
  return new Parser(pattern, start, anyCase).parse();
}

interface Flavour {
  readonly start: number;
  readonly literal: boolean;
  readonly anyCase: boolean;
}

/** `***=` and `***:` in front, and embedded options such as `(?i)`. */
function flavourOf(pattern: string): Flavour | Beyond {
  if (pattern.startsWith("***=")) return { start: 4, literal: true, anyCase: false };
  const start = pattern.startsWith("***:") ? 4 : 0;
  const [whole = "", letters = ""] = /^\(\?([a-z]+)\)/.exec(pattern.slice(start)) ?? [];
  let anyCase = false;
  for (const letter of letters) {
    if (letter === "i" || letter === "c") anyCase = letter === "i";
    else if (!"qst".includes(letter)) return beyond(`the option (?${letter})`);
  }
  return { start: start + whole.length, literal: letters.includes("q"), anyCase };
}

const codeOf = (char: string) => char.charCodeAt(0);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const codesOf = (chars: string) => [...chars].map(codeOf);

const DIGITS = range(48, 57);
const UPPER = range(65, 90);
const LOWER = range(97, 122);
const ALPHA = [...UPPER, ...LOWER];
const ALNUM = [...ALPHA, ...DIGITS];
const SPACE = codesOf(" \t\n\v\f\r");
const GRAPH = range(33, 126);
const EVERY = range(0, 255);

/** What belongs to a word, for `\w` and the places where one starts or ends. */
export const WORD: ReadonlySet<number> = new Set([...ALNUM, 95]);

const CLASSES: Readonly<Record<string, readonly number[]>> = {
  alnum: ALNUM,
  alpha: ALPHA,
  ascii: range(0, 127),
  blank: codesOf(" \t"),
  cntrl: [...range(0, 31), 127],
  digit: DIGITS,
  graph: GRAPH,
  lower: LOWER,
  print: range(32, 126),
  punct: GRAPH.filter((code) => !ALNUM.includes(code)),
  space: SPACE,
  upper: UPPER,
  word: [...WORD],
  xdigit: codesOf("0123456789abcdefABCDEF"),
};

/** `\d` and its kin. */
const LETTER_CLASSES: Readonly<Record<string, readonly number[]>> = { d: DIGITS, s: SPACE, w: [...WORD] };

const EDGES: Readonly<Record<string, Edge>> = {
  A: "start",
  Z: "end",
  m: "word-start",
  M: "word-end",
  y: "word-edge",
  Y: "no-word-edge",
};

const CONTROLS: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  B: 92,
  e: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

function byteOf(codes: readonly number[], anyCase: boolean, negated = false): RegexNode {
  const has = new Set(codes);
  if (anyCase) for (const code of codes) if (ALPHA.includes(code)) has.add(code ^ 32);
  return { kind: "byte", has: negated ? new Set(EVERY.filter((code) => !has.has(code))) : has };
}

/** More parentheses in each other than anybody means. */
const MAX_DEPTH = 100;

class Parser {
  readonly #text: string;
  readonly #anyCase: boolean;
  #at: number;
  #groups = 0;
  #depth = 0;
  /** How deep in look-arounds, whose parentheses capture nothing. */
  #looking = 0;

  constructor(text: string, at: number, anyCase: boolean) {
    this.#text = text;
    this.#at = at;
    this.#anyCase = anyCase;
  }

  parse(): RegexNode | Beyond {
    const tree = this.#choice();
    if (isBeyond(tree) || this.#at === this.#text.length) return tree;
    return beyond(`what begins with "${this.#rest(10)}"`);
  }

  #rest(length?: number): string {
    return this.#text.slice(this.#at, length === undefined ? undefined : this.#at + length);
  }

  #take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  #choice(): RegexNode | Beyond {
    const items: RegexNode[] = [];
    do {
      const branch = this.#sequence();
      if (isBeyond(branch)) return branch;
      items.push(branch);
    } while (this.#take("|"));
    const [only] = items;
    return items.length === 1 && only ? only : { kind: "choice", items };
  }

  #sequence(): RegexNode | Beyond {
    const items: RegexNode[] = [];
    while (this.#at < this.#text.length && !"|)".includes(this.#text[this.#at] ?? "")) {
      const atom = this.#atom();
      if (isBeyond(atom)) return atom;
      items.push(this.#quantified(atom));
    }
    return { kind: "sequence", items };
  }

  #quantified(item: RegexNode): RegexNode {
    const [whole, sign, low, comma, high] = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})/.exec(this.#rest(16)) ?? [];
    if (whole === undefined) return item;
    this.#at += whole.length;
    const greedy = !this.#take("?");
    if (sign !== undefined)
      return { kind: "repeat", item, least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Infinity, greedy };
    const least = Number(low);
    const most = high ? Number(high) : comma ? Infinity : least;
    return { kind: "repeat", item, least, most, greedy };
  }

  #atom(): RegexNode | Beyond {
    if (this.#take("(")) return this.#group();
    if (this.#take("[[:<:]]")) return { kind: "word-start" };
    if (this.#take("[[:>:]]")) return { kind: "word-end" };
    if (this.#take("[")) return this.#bracket();
    if (this.#take("\\")) return this.#escape();
    if (this.#take("^")) return { kind: "start" };
    if (this.#take("$")) return { kind: "end" };
    const char = this.#text[this.#at++] ?? "";
    return char === "." ? byteOf(EVERY, false) : byteOf([codeOf(char)], this.#anyCase);
  }

  #group(): RegexNode | Beyond {
    const [mark] = /^\?(?::|<?[=!])/.exec(this.#rest(3)) ?? [];
    this.#at += mark?.length ?? 0;
    const looks = mark !== undefined && mark !== "?:";
    const number = mark === undefined && this.#looking === 0 ? ++this.#groups : 0;
    this.#looking += Number(looks);
    const item = ++this.#depth > MAX_DEPTH ? beyond("such a depth of parentheses") : this.#choice();
    this.#depth--;
    this.#looking -= Number(looks);
    if (isBeyond(item)) return item;
    if (!this.#take(")")) return beyond("parentheses that do not close");
    if (looks) return { kind: "look", item, ahead: !mark.includes("<"), negated: mark.endsWith("!") };
    return number === 0 ? item : { kind: "group", item, number };
  }

  #escape(): RegexNode | Beyond {
    const char = this.#text[this.#at] ?? "";
    const edge = EDGES[char];
    const letters = LETTER_CLASSES[char.toLowerCase()];
    if (edge ?? letters) this.#at++;
    if (edge) return { kind: edge };
    if (letters) return byteOf(letters, false, char !== char.toLowerCase());
    const code = this.#character();
    return typeof code === "number" ? byteOf([code], this.#anyCase) : code;
  }

  /** What an escape stands for that is one character. */
  #character(): number | Beyond {
    const rest = this.#rest(20);
    const char = rest[0] ?? "";
    if (!/[A-Za-z0-9]/.test(char)) {
      this.#at++;
      return codeOf(char);
    }
    if (/[1-9]/.test(char)) return beyond(`the back reference \\${char}`);
    const control = CONTROLS[char];
    const [hex, digits = ""] = /^(?:u(.{4})|U(.{8})|x([0-9a-fA-F]+))/.exec(rest)?.filter(Boolean) ?? [];
    const code = control ?? (hex === undefined ? Number.NaN : Number.parseInt(digits, 16));
    // Above ASCII it depends on the encoding, and a NUL stands in no name.
    if (!(code > 0 && code < 128)) return beyond(`the escape \\${char}`);
    this.#at += hex?.length ?? 1;
    return code;
  }

  #bracket(): RegexNode | Beyond {
    const negated = this.#take("^");
    const codes: number[] = [];
    for (let first = true; first || !this.#take("]"); first = false) {
      if (this.#at >= this.#text.length) return beyond("brackets that do not close");
      const member = this.#member();
      if (isBeyond(member)) return member;
      const [from] = member;
      if (this.#text[this.#at] !== "-" || this.#text[this.#at + 1] === "]") {
        codes.push(...member);
        continue;
      }
      this.#at++;
      const end = this.#member();
      if (isBeyond(end)) return end;
      const [to] = end;
      if (from === undefined || to === undefined || member.length > 1 || end.length > 1 || from > to)
        return beyond("a range of more than single bytes");
      codes.push(...range(from, to));
    }
    return byteOf(codes, this.#anyCase, negated);
  }

  #member(): readonly number[] | Beyond {
    const [whole, kind, name = ""] = /^\[([:.=])([^\]]*?)\1\]/s.exec(this.#rest(32)) ?? [];
    if (whole !== undefined) {
      this.#at += whole.length;
      if (kind !== ":") return name.length === 1 ? [codeOf(name)] : beyond(`the collating element ${whole}`);
      return entryOf(CLASSES, name) ?? beyond(`the class ${whole}`);
    }
    if (!this.#take("\\")) return [codeOf(this.#text[this.#at++] ?? "")];
    const char = this.#text[this.#at] ?? "";
    const letters = LETTER_CLASSES[char];
    if (letters) {
      this.#at++;
      return letters;
    }
    if (/[DSW]/.test(char)) return beyond(`\\${char} in brackets`);
    const code = this.#character();
    return typeof code === "number" ? [code] : code;
  }
}
