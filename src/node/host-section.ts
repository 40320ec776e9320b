import { FACT_NAMES, FACTS, type FactName, factFrom, type Host, spelled } from "../host/facts.ts";

/** What became of a key of [host]. */
export interface Saved {
  readonly key: string;
  readonly word: string;
  /** What stood there before, if that was something else. */
  readonly before?: string;
}

/** The text of a pgconflint.ini with these facts in its section [host], and all else as it was. */
export function withHostSection(
  text: string,
  host: Host,
): { readonly text: string; readonly saved: Saved[] } {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(/(?<=\n)/).filter((line) => line !== "");
  const missing = new Map(wordsOf(host));
  const saved: Saved[] = [];
  let section = "";
  let last: { readonly at: number; readonly indent: string; readonly equals: string } | undefined;

  for (const [at, line] of lines.entries()) {
    section = /^\[([^\]]*)\]$/.exec(line.trim())?.[1]?.trim() ?? section;
    if (section !== "host") continue;
    if (line.trim().startsWith("[")) last ??= { at, indent: "", equals: " = " };
    const entry =
      /^([ \t\ufeff]*)([^=\s;#[][^=]*?)(\s*=[ \t]*)([^;#\r\n]*?)([ \t]*(?:[;#].*)?)(\r?\n)?$/.exec(line);
    if (!entry) continue;
    const [, indent = "", key = "", equals = "", before = "", comment = "", ending = ""] = entry;
    last = { at, indent, equals };
    const name = nameOf(key);
    const word = missing.get(key);
    if (name === undefined || word === undefined) continue;
    missing.delete(key);
    if (isWritten(name, before, word)) continue;
    lines[at] = `${indent}${key}${equals}${word}${comment}${ending}`;
    saved.push({ key, word, before });
  }

  const { at = lines.length - 1, indent = "", equals = " = " } = last ?? {};
  const added = [...missing].map(([key, word]) => `${indent}${key}${equals}${word}${end}`);
  saved.push(...[...missing].map(([key, word]) => ({ key, word })));
  if (added.length === 0) return { text: lines.join(""), saved };
  if (!last) added.unshift(...(lines.length > 0 ? [end] : []), `[host]${end}`);
  const before = lines.slice(0, at + 1).join("");
  const closed = before === "" || before.endsWith("\n") ? before : `${before}${end}`;
  return { text: closed + added.join("") + lines.slice(at + 1).join(""), saved };
}

/** Keys with their values as pgconflint.ini has them. */
function wordsOf(host: Host): [key: string, word: string][] {
  return FACT_NAMES.flatMap((name): [string, string][] => {
    const word = written(name, host);
    return word === undefined ? [] : [[spelled(name, "_"), word]];
  });
}

function written<Name extends FactName>(name: Name, host: Host): string | undefined {
  const kind: { write(value: unknown): string } = FACTS[name];
  const fact = host[name];
  return fact && kind.write(fact.value);
}

const nameOf = (key: string): FactName | undefined => FACT_NAMES.find((name) => spelled(name, "_") === key);

/** 32Gi and 32GB are one. */
const isWritten = (name: FactName, before: string, word: string): boolean =>
  written(name, factFrom(name, before, "")) === word;
