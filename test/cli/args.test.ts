import { describe, expect, test } from "vitest";
import { type Args, parseArgs } from "../../src/cli/args.ts";
import { COMMANDS, COMMON } from "../../src/cli/options.ts";
import { program } from "../../src/cli/usage.ts";

const args = (command: string, paths: string[] = [], flags: Args["flags"] = {}): Args => ({
  command,
  paths,
  flags,
});

const LINES: [argv: string[], meaning: Args][] = [
  [[], args("check")],
  [["a.conf"], args("check", ["a.conf"])],
  [["a.conf", "--format", "json"], args("check", ["a.conf"], { format: ["json"] })],
  [["--format", "json", "a.conf"], args("check", ["a.conf"], { format: ["json"] })],
  [
    ["check", "a", "b", "--format=json=x.json", "--format", "compact"],
    args("check", ["a", "b"], { format: ["json=x.json", "compact"] }),
  ],
  [["--no-color", "--postgres=16"], args("check", [], { color: false, postgres: "16" })],
  [["--color", "a.conf"], args("check", ["a.conf"], { color: true })],
  [["--postgres", "16.10"], args("check", [], { postgres: "16.10" })],
  [["--pgbouncer", "1.20", "007"], args("check", ["007"], { pgbouncer: "1.20" })],
  [["show", "--all", "x"], args("show", ["x"], { all: true })],
  [["--postgres", "16", "show", "x"], args("show", ["x"], { postgres: "16" })],
  [["show", "check"], args("show", ["check"])],
  [["--", "--odd-name.conf"], args("check", ["--odd-name.conf"])],
  [["check", "--", "-"], args("check", ["-"])],
  [["-", "--stdin-filename", "pg_hba.conf"], args("check", ["-"], { "stdin-filename": "pg_hba.conf" })],
  [["hba", "list", "a"], args("hba", ["list", "a"])],
  [["explain", "work_mem"], args("explain", ["work_mem"])],
  [["constructor", "toString"], args("check", ["constructor", "toString"])],
  [["rules", "--format", "json"], args("rules", [], { format: ["json"] })],
  [
    ["check", "--fail-on", "warning", "--config", "x.ini"],
    args("check", [], { "fail-on": "warning", config: "x.ini" }),
  ],
];

test.each(LINES)("%j", (argv, meaning) => {
  expect(parseArgs(argv)).toEqual(meaning);
});

/** What all of yargs, which writes the help, makes of a command line. */
async function byYargs(argv: readonly string[]): Promise<unknown> {
  const { _: words, list, paths: behind, name, ...flags } = await program(argv).parseAsync();
  const paths = [words, list, behind, name].flatMap((part) => part ?? []).map(String);
  const command = Object.hasOwn(COMMANDS, paths[0] ?? "") ? (paths.shift() ?? "") : "check";
  const known = new Set([...Object.keys(COMMON), ...Object.keys(COMMANDS[command]?.options ?? {})]);
  const given = Object.entries(flags).filter(([flag, value]) => known.has(flag) && value !== undefined);
  return { command, paths, flags: Object.fromEntries(given) };
}

// yargs loses a lone dash among the words behind no command; it is never asked to read one.
const withoutDash = LINES.filter(([argv]) => argv[0] !== "-");

test.each(withoutDash)("%j means the same to yargs, which writes the help", async (argv, meaning) => {
  expect(await byYargs(argv)).toEqual(meaning);
});

test.each([
  [["--fix", "a.conf"], args("check", ["a.conf"], { fix: "safe" })],
  [["a.conf", "--fix"], args("check", ["a.conf"], { fix: "safe" })],
  [["--fix=unsafe", "--diff", "a.conf"], args("check", ["a.conf"], { fix: "unsafe", diff: true })],
  [["--", "--fix"], args("check", ["--fix"])],
])("--fix swallows no path: %j", (argv, meaning) => {
  expect(parseArgs(argv)).toEqual(meaning);
});

describe("a mistake gets the nearest thing that would do", () => {
  test.each([
    [["--formt", "json"], "unknown option --formt; did you mean --format?"],
    [["-x"], "unknown option -x; see pgconflint check --help"],
    [["show", "--fail-on", "info"], "unknown option --fail-on; see pgconflint show --help"],
    [["--fail-on", "erorr"], "--fail-on erorr: not one of error, warning, info, never; did you mean error?"],
    [["--postgres"], "--postgres needs a value; see pgconflint check --help"],
    [["--format"], "--format needs a value; see pgconflint check --help"],
    [["--postgres", "15", "--postgres", "16"], "--postgres is given more than once"],
    [["--fix=unsfe"], "--fix unsfe: not one of safe, unsafe; did you mean unsafe?"],
    [["--fix="], "--fix needs a value; see pgconflint check --help"],
    [["--fix", "unsafe"], "--fix unsafe: write --fix=unsafe, or ./unsafe where that is a path"],
    [["show", "--fix"], "unknown option --fix; see pgconflint show --help"],
    [["--all"], "unknown option --all; see pgconflint check --help"],
    [["--__proto__.x", "1"], "unknown option --__proto__.x; see pgconflint check --help"],
    [["--toString"], "unknown option --toString; see pgconflint check --help"],
    [["--constructor", "1"], "unknown option --constructor; see pgconflint check --help"],
  ])("%j", (argv, message) => {
    expect(() => parseArgs(argv)).toThrow(message);
  });
});
