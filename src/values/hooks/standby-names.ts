import { sameWord } from "../lists.ts";
import type { CheckHook, HookFailure } from "./hook.ts";

interface Token {
  readonly kind: "name" | "number" | "any" | "first" | "," | "(" | ")" | "junk" | "end";
  readonly text: string;
}

const RULES: readonly (readonly [Token["kind"] | "blank" | "mark", RegExp])[] = [
  ["blank", /[ \t\n\r\f\v]+/y],
  ["name", /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*|\*|"(?:[^"]|"")*"/y],
  ["number", /[0-9]+/y],
  ["mark", /[,()]/y],
  // A quote that never closes swallows the rest.
  ["junk", /"[\s\S]*|[\s\S]/y],
];

/** syncrep_scanner.l */
function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    for (const [rule, pattern] of RULES) {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[0];
      if (found === undefined) continue;
      if (rule !== "blank")
        tokens.push({ kind: rule === "mark" ? markOf(found) : kindOf(rule, found), text: found });
      at += found.length;
      break;
    }
  }
  return tokens;
}

const markOf = (mark: string): Token["kind"] => (mark === "," || mark === "(" ? mark : ")");

function kindOf(rule: Token["kind"], found: string): Token["kind"] {
  if (rule !== "name") return rule;
  if (sameWord(found, "any")) return "any";
  return sameWord(found, "first") ? "first" : "name";
}

const END: Token = { kind: "end", text: "" };

/** The grammar of synchronous_standby_names, syncrep_gram.y; `standbys` is what it lists. */
export function parseStandbyNames(
  text: string,
): { count: number; standbys: string[]; method: "priority" | "quorum" } | HookFailure {
  const list = tokenize(text);
  let at = 0;
  const peek = () => list[at] ?? END;
  const take = (...kinds: Token["kind"][]) => (kinds.includes(peek().kind) ? list[at++] : undefined);
  const failure = (): HookFailure => {
    const token = peek();
    if (token.kind === "end") return { detail: "syntax error at end of input" };
    if (token.text.startsWith('"') && !/^"(?:[^"]|"")*"$/.test(token.text))
      return { detail: "unterminated quoted identifier at end of input" };
    // Of a quoted name the scanner still holds its closing quote.
    const near = token.text.startsWith('"') ? '"' : token.text;
    return { detail: `syntax error at or near "${near}"` };
  };
  const names = (): string[] | undefined => {
    const found: string[] = [];
    do {
      const name = take("name", "number");
      if (!name) return undefined;
      found.push(unquote(name.text));
    } while (take(","));
    return found;
  };

  const method = take("any", "first");
  const counted = peek().kind === "number" && list[at + 1]?.kind === "(";
  if (method === undefined && !counted) {
    const standbys = names();
    return standbys && peek().kind === "end" ? { count: 1, standbys, method: "priority" } : failure();
  }
  const count = take("number");
  if (!count || !take("(")) return failure();
  const standbys = names();
  if (!standbys || !take(")") || peek().kind !== "end") return failure();
  return { count: atoi(count.text), standbys, method: method?.kind === "any" ? "quorum" : "priority" };
}

const unquote = (name: string) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);

/** atoi() of digits that may not fit: the low 32 bits of strtol's answer. */
function atoi(digits: string): number {
  const long = BigInt(digits);
  const most = 2n ** 63n - 1n;
  return Number(BigInt.asIntN(32, long > most ? most : long));
}

/** check_synchronous_standby_names; an empty text turns synchronous replication off. */
export const checkStandbyNames: CheckHook<string> = (text) => {
  if (text === "") return true;
  const parsed = parseStandbyNames(text);
  if (!("standbys" in parsed)) return parsed;
  if (parsed.count > 0) return true;
  return { message: `number of synchronous standbys (${parsed.count}) must be greater than zero` };
};
