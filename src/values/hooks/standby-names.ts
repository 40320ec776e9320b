import type { CheckHook, HookFailure } from "./hook.ts";

interface Token {
  readonly kind: "name" | "number" | "any" | "first" | "," | "(" | ")" | "junk" | "end";
  readonly text: string;
}

/** syncrep_scanner.l */
function* tokens(text: string): Generator<Token, undefined> {
  const pattern =
    /[ \t\n\r\f\v]+|(?<any>any(?![A-Za-z0-9_$\u0080-\uffff]))|(?<first>first(?![A-Za-z0-9_$\u0080-\uffff]))|(?<name>[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*|\*)|"(?<quoted>(?:[^"]|"")*)"|(?<number>[0-9]+)|(?<mark>[,()])|(?<open>"[^]*)|(?<junk>[^])/giy;
  for (const match of text.matchAll(pattern)) {
    const groups = match.groups ?? {};
    if (groups.any !== undefined) yield { kind: "any", text: match[0] };
    else if (groups.first !== undefined) yield { kind: "first", text: match[0] };
    else if (groups.name !== undefined || groups.quoted !== undefined) yield { kind: "name", text: match[0] };
    else if (groups.number !== undefined) yield { kind: "number", text: match[0] };
    else if (groups.mark === "," || groups.mark === "(" || groups.mark === ")")
      yield { kind: groups.mark, text: match[0] };
    else if (groups.open !== undefined || groups.junk !== undefined) yield { kind: "junk", text: match[0] };
  }
}

const END: Token = { kind: "end", text: "" };

/** The grammar of synchronous_standby_names, syncrep_gram.y; `standbys` is what it lists. */
export function parseStandbyNames(
  text: string,
): { count: number; standbys: string[]; method: "priority" | "quorum" } | HookFailure {
  const list = [...tokens(text)];
  let at = 0;
  const peek = () => list[at] ?? END;
  const take = (...kinds: Token["kind"][]) => (kinds.includes(peek().kind) ? list[at++] : undefined);
  const failure = (): HookFailure => {
    const token = peek();
    if (token.kind === "end") return { detail: "syntax error at end of input" };
    if (token.text.startsWith('"') && !/^"(?:[^"]|"")*"$/.test(token.text))
      return { detail: "unterminated quoted identifier at end of input" };
    return { detail: `syntax error at or near "${token.text}"` };
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
