/**
 * The syntax of PostgreSQL's advanced regular expressions (Spencer's, regcomp.c and regc_lex.c), which is not that of
 * JavaScript: only whether one compiles, in the server's words, and how many groups it captures.
 */
export type RegexSyntax = { readonly groups: number } | { readonly error: string };

const ERRORS = {
  pattern: "invalid regexp (reg version 0.8)",
  element: "invalid collating element",
  class: "invalid character class",
  escape: "invalid escape \\ sequence",
  backreference: "invalid backreference number",
  brackets: "brackets [] not balanced",
  parentheses: "parentheses () not balanced",
  braces: "braces {} not balanced",
  repetition: "invalid repetition count(s)",
  range: "invalid character range",
  quantifier: "quantifier operand invalid",
  option: "invalid embedded option",
} as const;

class Invalid {
  readonly error: string;
  constructor(kind: keyof typeof ERRORS) {
    this.error = ERRORS[kind];
  }
}

export function regexSyntax(pattern: string): RegexSyntax {
  const prefix = readPrefix(pattern);
  if (prefix instanceof Invalid) return { error: prefix.error };
  if (prefix.literal) return { groups: 0 };
  const parser = new Parser(pattern, prefix.end);
  const failure = parser.parse();
  return failure ? { error: failure.error } : { groups: parser.groups };
}

/** `***=`, `***:` and embedded options; other flavours than the advanced one are not looked into. */
function readPrefix(pattern: string): { end: number; literal: boolean } | Invalid {
  let end = 0;
  if (pattern.startsWith("***")) {
    if (pattern[3] === "=") return { end: 4, literal: true };
    if (pattern[3] === "?") return new Invalid("pattern");
    if (pattern[3] !== ":") return new Invalid("quantifier");
    end = 4;
  }
  const options = /^\(\?([a-zA-Z][^)]*)(\)?)/.exec(pattern.slice(end));
  if (!options) return { end, literal: false };
  const [whole, letters = "", close] = options;
  if (close === "" || !/^[bceimnpqstwx]*$/.test(letters)) return new Invalid("option");
  return { end: end + whole.length, literal: /[beqx]/.test(letters) };
}

const QUANTIFIERS = "*+?";
const MAX_REPEAT = 255;
const CLASSES = "alnum alpha ascii blank cntrl digit graph lower print punct space upper xdigit word".split(
  " ",
);

/** One pass, one method a construct; each returns what is wrong, or undefined. */
class Parser {
  groups = 0;
  readonly #closed = new Set<number>();
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  parse(): Invalid | undefined {
    /** Open parentheses: the number of the group, 0 where it captures none, -1 for a look-around. */
    const open: number[] = [];
    let quantifiable = false;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] ?? "";
      let result: Invalid | boolean;
      if (char === "(") {
        const group = this.#open();
        if (group instanceof Invalid) return group;
        if (group !== undefined) open.push(group);
        // A comment is as if it were not there.
        result = group === undefined ? quantifiable : false;
      } else if (char === ")") {
        const group = open.pop();
        if (group === undefined) return new Invalid("parentheses");
        if (group > 0) this.#closed.add(group);
        this.#at++;
        result = group !== -1;
      } else if (
        QUANTIFIERS.includes(char) ||
        (char === "{" && /[0-9]/.test(this.#text[this.#at + 1] ?? ""))
      ) {
        if (!quantifiable) return new Invalid("quantifier");
        result = this.#quantifier(char) ?? false;
      } else if (char === "[") result = this.#bracket();
      else if (char === "\\") result = this.#escape(open.includes(-1));
      else {
        this.#at++;
        result = char !== "|" && char !== "^" && char !== "$";
      }
      if (result instanceof Invalid) return result;
      quantifiable = result;
    }
    return open.length > 0 ? new Invalid("parentheses") : undefined;
  }

  /** The group that a parenthesis opens; undefined for a comment. */
  #open(): number | undefined | Invalid {
    const [whole, kind] = /^\((?:\?(:|=|!|<=|<!|#[^)]*\)?))?/.exec(
      this.#text.slice(this.#at, this.#at + 4096),
    ) ?? ["("];
    if (kind === undefined && this.#text[this.#at + 1] === "?") return new Invalid("quantifier");
    this.#at += whole.length;
    if (kind === undefined) return ++this.groups;
    if (kind.startsWith("#")) return undefined;
    return kind === ":" ? 0 : -1;
  }

  #quantifier(char: string): Invalid | undefined {
    if (char === "{") {
      const rest = this.#text.slice(this.#at, this.#at + 64);
      const bound = /^\{(\d+)(?:(,)(\d*))?\}/.exec(rest);
      if (!bound) return new Invalid(/^\{[\d,]*$/.test(rest) && rest.length < 64 ? "braces" : "repetition");
      const [whole, low = "0", , high] = bound;
      if (Number(low) > MAX_REPEAT || Number(high || low) > MAX_REPEAT) return new Invalid("repetition");
      if (high && Number(low) > Number(high)) return new Invalid("repetition");
      this.#at += whole.length;
    } else this.#at++;
    if (this.#text[this.#at] === "?") this.#at++;
    return undefined;
  }

  /** Classes of one letter, constraints, back references, and characters by name or number. */
  #escape(inLookAround: boolean): Invalid | boolean {
    const rest = this.#text.slice(this.#at, this.#at + 272);
    const reference = /^\\([1-9]\d*)/.exec(rest)?.[1];
    // More than one digit is a reference only where so many groups are open or done, else an octal number.
    if (reference !== undefined && (reference.length === 1 || Number(reference) <= this.groups)) {
      if (inLookAround || !this.#closed.has(Number(reference))) return new Invalid("backreference");
      this.#at += reference.length + 1;
      return true;
    }
    const found =
      /^\\(?:[aAbBdDefmMnrsStvwWyYZ]|c[\s\S]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{1,255}|[0-7]{1,3}|[^A-Za-z0-9])/u.exec(
        rest,
      )?.[0];
    if (found === undefined || (found.startsWith("\\U") && Number.parseInt(found.slice(2), 16) > 0x10ffff))
      return new Invalid("escape");
    this.#at += found.length;
    return !/^\\[AmMyYZ]/.test(found);
  }

  #bracket(): Invalid | boolean {
    const word = /^\[\[:[<>]:\]\]/.exec(this.#text.slice(this.#at, this.#at + 7))?.[0];
    if (word) {
      this.#at += word.length;
      return false;
    }
    this.#at += this.#text[this.#at + 1] === "^" ? 2 : 1;
    /** The start of a range that may follow: a code point, or undefined where none can. */
    for (let first = true; ; first = false) {
      if (this.#at >= this.#text.length) return new Invalid("brackets");
      if (this.#text[this.#at] === "]" && !first) break;
      const start = this.#member(first);
      if (start instanceof Invalid) return start;
      if (this.#text[this.#at] !== "-" || this.#text[this.#at + 1] === "]") continue;
      this.#at++;
      if (this.#at >= this.#text.length) return new Invalid("brackets");
      const end = this.#member(true);
      if (end instanceof Invalid) return end;
      if (start === undefined || end === undefined || start > end) return new Invalid("range");
    }
    this.#at++;
    return true;
  }

  /** One member of a bracket: its code point, or undefined for a class. */
  #member(dashIsPlain: boolean): number | undefined | Invalid {
    const rest = this.#text.slice(this.#at, this.#at + 64);
    const named = /^\[([:.=])(.*?)\1\]/s.exec(rest);
    if (named) {
      const [whole, kind, name = ""] = named;
      this.#at += whole.length;
      if (kind === ":") return CLASSES.includes(name) ? undefined : new Invalid("class");
      return [...name].length === 1 ? name.codePointAt(0) : new Invalid("element");
    }
    if (/^\[[:.=]/.test(rest)) return new Invalid("brackets");
    if (rest.startsWith("\\")) {
      const before = this.#at;
      const found = this.#escape(false);
      if (found instanceof Invalid) return found;
      const written = this.#text.slice(before, this.#at);
      if (/^\\[dDsSwW]/.test(written)) return undefined;
      return found ? written.codePointAt(1) : new Invalid("escape");
    }
    if (rest.startsWith("-") && !dashIsPlain && rest[1] !== "]") return new Invalid("range");
    const point = rest.codePointAt(0) ?? 0;
    this.#at += point > 0xffff ? 2 : 1;
    return point;
  }
}
