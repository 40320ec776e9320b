import { COMMANDS, COMMON, type Option } from "./options.ts";

/** An option as a shell completes it and a manual page lists it. */
export interface Flag {
  readonly name: string;
  readonly describe: string;
  /** "=": a value stands behind an equals sign only, and may be missing. */
  readonly value: "none" | "next" | "=";
  readonly words: readonly string[];
  readonly repeats: boolean;
}

export interface Subcommand {
  readonly name: string;
  /** What stands behind the name: `<list|match> [paths..]`. */
  readonly operands: string;
  readonly describe: string;
  readonly example: string;
  readonly flags: readonly Flag[];
  /** What its first operand can be, where that is one of a few. */
  readonly words: readonly string[];
}

export const COMMON_FLAGS: readonly Flag[] = [
  ...Object.entries(COMMON).map(flagOf),
  { name: "help", describe: "show help", value: "none", words: [], repeats: false },
  { name: "version", describe: "show the version", value: "none", words: [], repeats: false },
];

/** What the exit codes mean, from 0 on; a test of a connection answers with them as well. */
export const EXIT_CODES = [
  "nothing found",
  "findings at or above --fail-on",
  "usage or configuration",
  "a bug of ours",
] as const;

/** The command line as the table of options has it. */
export const SUBCOMMANDS: readonly Subcommand[] = Object.entries(COMMANDS).map(
  ([name, { usage, describe, example, options }]) => {
    const operands = usage.slice(name.length).trim();
    const [, alternatives = ""] = /^[<[](\w+(?:\|\w+)+)[>\]]/.exec(operands) ?? [];
    const words = alternatives === "" ? [] : alternatives.split("|");
    return { name, operands, describe, example, words, flags: Object.entries(options).map(flagOf) };
  },
);

function flagOf([name, { type, describe, choices, bare }]: [string, Option]): Flag {
  const value = type === "boolean" ? "none" : bare === undefined ? "next" : "=";
  // --format takes FORMAT=FILE as well, so that its words are no choices; they lead its description.
  const [formats = "", more] = name === "format" ? describe.split("; ") : [];
  const words = choices ?? (more === undefined ? [] : formats.split(", "));
  return { name, describe: more ?? describe, value, words, repeats: type === "array" };
}
