import parser from "yargs-parser";
import { nearestName } from "../catalog/nearest.ts";
import { UserError } from "../node/problem.ts";
import { COMMANDS, COMMON, type Option, PARSING } from "./options.ts";

/** A command line, read. */
export interface Args {
  readonly command: string;
  readonly paths: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** yargs brings these itself. */
const EVERYWHERE: Readonly<Record<string, Option>> = {
  help: { type: "boolean", describe: "show help" },
  version: { type: "boolean", describe: "show the version" },
};

/** Every option of every command; one name means the same everywhere. */
const ALL: Readonly<Record<string, Option>> = Object.assign(
  { ...EVERYWHERE, ...COMMON },
  ...Object.values(COMMANDS).map(({ options }) => options),
);
const named = (type: Option["type"]) => Object.keys(ALL).filter((name) => ALL[name]?.type === type);

/** Reads the command line with yargs' own parser; `yargs` itself is loaded only for help. */
export function parseArgs(argv: readonly string[]): Args {
  const { _: words, ...flags } = parser(withValues(argv), {
    string: [...named("string"), ...named("array")],
    boolean: named("boolean"),
    array: named("array"),
    alias: { help: ["h"], version: ["V"] },
    configuration: PARSING,
  });
  const paths = words.map(String);
  const isCommand = paths[0] !== undefined && Object.hasOwn(COMMANDS, paths[0]);
  const command = (isCommand && paths.shift()) || "check";
  const options = { ...EVERYWHERE, ...COMMON, ...COMMANDS[command]?.options };
  for (const [name, value] of Object.entries(flags)) check(name, value, options, command);
  return { command, paths, flags };
}

/** `--fix path` is `--fix=safe path`. */
function withValues(argv: readonly string[]): string[] {
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  return argv.map((word, at) => {
    const [, name = "", given = ""] = (at < end && /^--([\w-]+)=(.*)$/s.exec(word)) || [];
    if (ALL[name]?.type === "boolean" && given !== "true" && given !== "false")
      throw new UserError(`${word}: --${name} takes no value; write --${name} ${given}`.trimEnd());
    const { bare, choices = [] } = (at < end && word.startsWith("--") && ALL[word.slice(2)]) || {};
    if (bare === undefined) return word;
    const next = argv[at + 1] ?? "";
    if (choices.includes(next))
      throw new UserError(`${word} ${next}: write ${word}=${next}, or ./${next} where that is a path`);
    return `${word}=${bare}`;
  });
}

function check(
  name: string,
  value: unknown,
  options: Readonly<Record<string, Option>>,
  command: string,
): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) {
    const near = nearestName(name, Object.keys(options));
    const dashes = name.length === 1 ? "-" : "--";
    const advice = near ? `did you mean --${near}?` : `see pgconflint ${command} --help`;
    throw new UserError(`unknown option ${dashes}${name}; ${advice}`);
  }
  const given = Array.isArray(value) ? value : [value];
  if (option.type !== "boolean" && (given.length === 0 || given.includes("")))
    throw new UserError(`--${name} needs a value; see pgconflint ${command} --help`);
  if (Array.isArray(value) && option.type === "string")
    throw new UserError(`--${name} is given more than once`);
  if (option.choices && typeof value === "string" && !option.choices.includes(value)) {
    const near = nearestName(value, option.choices);
    throw new UserError(
      `--${name} ${value}: not one of ${option.choices.join(", ")}${near ? `; did you mean ${near}?` : ""}`,
    );
  }
}

export const text = (args: Args, name: string): string | undefined => {
  const value = args.flags[name];
  return typeof value === "string" ? value : undefined;
};
export const flag = (args: Args, name: string): boolean | undefined => {
  const value = args.flags[name];
  return typeof value === "boolean" ? value : undefined;
};
export const list = (args: Args, name: string): readonly string[] => {
  const value = args.flags[name];
  return Array.isArray(value) ? value.map(String) : [];
};
