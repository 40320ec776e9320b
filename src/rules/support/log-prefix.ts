import type { Version } from "../../catalog/version.ts";

/** One escape of log_line_prefix; `letter` is empty where the text ends behind a %. */
export interface PrefixEscape {
  readonly text: string;
  readonly letter: string;
}

/** A %, perhaps a width, one letter: as `log_status_format` of elog.c reads it. */
const ESCAPE = /%-?\d*(.?)/gsu;

export const escapesOf = (prefix: string): PrefixEscape[] =>
  Array.from(prefix.matchAll(ESCAPE), ([text, letter = ""]) => ({ text, letter }));

/** The prefix with each of its escapes replaced. */
export const mapEscapes = (prefix: string, replaced: (escaped: PrefixEscape) => string): string =>
  prefix.replaceAll(ESCAPE, (text, letter: string) => replaced({ text, letter }));

const ALWAYS = "audrhptmnilecsvxq%";
const SINCE: Readonly<Record<string, number>> = { b: 13, P: 14, Q: 14, L: 18 };

/** The major that brought an escape; undefined: none knows it. */
export const escapeSince = (letter: string): number | undefined =>
  letter !== "" && ALWAYS.includes(letter) ? 10 : SINCE[letter];

export const knowsEscape = ({ major }: Version, letter: string): boolean =>
  (escapeSince(letter) ?? Number.POSITIVE_INFINITY) <= major;

/** What a line should tell, and the escapes that do. */
const FIELDS = {
  time: "tmn",
  process: "pc",
  user: "u",
  database: "d",
  application: "a",
  client: "hr",
} as const;
export type PrefixField = keyof typeof FIELDS;

/** The escape to add for a field. */
export const ESCAPE_FOR: Readonly<Record<PrefixField, string>> = {
  time: "%m",
  process: "%p",
  user: "%u",
  database: "%d",
  application: "%a",
  client: "%h",
};

/** Those of the fields that no escape of the prefix prints; before %q only, for a field that every process has. */
export function missingFields(prefix: string, fields: readonly PrefixField[]): PrefixField[] {
  const letters = escapesOf(prefix).map(({ letter }) => letter);
  const stop = letters.indexOf("q");
  const forAll = stop === -1 ? letters : letters.slice(0, stop);
  return fields.filter((field) => {
    const printed = field === "time" || field === "process" ? forAll : letters;
    return !printed.some((letter) => letter !== "" && FIELDS[field].includes(letter));
  });
}

/** The prefix with the fields that it lacks, each where it usually stands. */
export function completed(prefix: string, missing: readonly PrefixField[]): string {
  const letters = escapesOf(prefix).map(({ letter }) => letter);
  const has = (field: PrefixField) =>
    letters.some((letter) => letter !== "" && FIELDS[field].includes(letter));
  // A time behind %q is in the wrong place: nothing can be added in front without having it twice.
  if (missing.some(has)) return "%m [%p] %q%u@%d app=%a client=%h ";
  const parts = (known: Partial<Record<PrefixField, string>>) =>
    missing.flatMap((field) => known[field] ?? []);
  const front = parts({ time: "%m", process: "[%p]" });
  const names = parts({ user: "%u", database: "%d" });
  const back = [
    ...(names.length > 0 ? [names.join("@")] : []),
    ...parts({ application: "app=%a", client: "client=%h" }),
  ];
  const stop = back.length === 0 || letters.includes("q") ? "" : "%q";
  return `${[...front, prefix.trim(), `${stop}${back.join(" ")}`].filter(Boolean).join(" ")} `;
}
