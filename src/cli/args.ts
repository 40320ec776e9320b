import parser from "yargs-parser";
import { nearestName } from "../catalog/nearest.ts";
import { UserError } from "../node/problem.ts";
import { COMMANDS, COMMON, type Option } from "./options.ts";

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

/** Reads the command line with yargs' own parser; `yargs` itself is loaded only for help and completion. */
export function parseArgs(argv: readonly string[]): Args {
  const named = argv.find((word) => !word.startsWith("-"));
  const command = named !== undefined && named in COMMANDS ? named : "check";
  const options: Readonly<Record<string, Option>> = {
    ...EVERYWHERE,
    ...COMMON,
    ...COMMANDS[command]?.options,
  };
  const of = (type: Option["type"]) => Object.keys(options).filter((name) => options[name]?.type === type);
  const parsed = parser([...argv], {
    string: [...of("string"), ...of("array")],
    boolean: of("boolean"),
    array: of("array"),
    alias: { help: ["h"], version: ["V"] },
    configuration: {
      "camel-case-expansion": false,
      "greedy-arrays": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "strip-aliased": true,
      "dot-notation": false,
    },
  });
  const { _: words, ...flags } = parsed;
  for (const [name, value] of Object.entries(flags)) check(name, value, options, command);
  const paths = words.map(String);
  if (paths[0] === command && named === command) paths.shift();
  return { command, paths, flags };
}

function check(
  name: string,
  value: unknown,
  options: Readonly<Record<string, Option>>,
  command: string,
): void {
  const option = options[name];
  if (!option) {
    const near = nearestName(name, Object.keys(options));
    const dashes = name.length === 1 ? "-" : "--";
    const advice = near ? `did you mean --${near}?` : `see pgconflint ${command} --help`;
    throw new UserError(`unknown option ${dashes}${name}; ${advice}`);
  }
  if (option.type !== "boolean" && (value === "" || (Array.isArray(value) && value.includes(""))))
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
