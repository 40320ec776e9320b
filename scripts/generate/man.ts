// Writes man/pgconflint.1 from the table of options.
import { COMMON_FLAGS, EXIT_CODES, type Flag, SUBCOMMANDS, type Subcommand } from "../../src/cli/grammar.ts";
import { write } from "./output.ts";

/** Text as roff takes it: a hyphen that is typed is no dash, and no line starts a request. */
const roff = (text: string) =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^(?=[.'])/gm, "\\&");
const bold = (text: string) => `\\fB${roff(text)}\\fR`;
const italic = (text: string) => `\\fI${roff(text)}\\fR`;
const section = (title: string, ...lines: readonly string[]) => [`.SH ${title}`, ...lines];
const entry = (term: string, ...lines: readonly string[]) => [".TP", term, ...lines];
const example = (line: string) => [".PP", ".RS 4", ".EX", roff(line), ".EE", ".RE"];
const sentence = (text: string) => roff(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);

function flagEntry({ name, describe, value, words }: Flag): string[] {
  const flag = bold(`--${name === "color" ? "[no-]color" : name}`);
  const word = italic(name.replace(/^.*-(?=.{3})/, "").toUpperCase());
  const term = { none: flag, next: `${flag} ${word}`, "=": `${flag}[=${word}]` }[value];
  const choices = words.length > 1 ? [`One of ${words.map(bold).join(", ")}.`] : [];
  return entry(term, sentence(describe), ...choices);
}

/** `<list|match>` and `[paths..]`, as a manual shows what is to be replaced. */
const operandsOf = ({ operands }: Subcommand) =>
  roff(operands.replaceAll("..", " ...").replaceAll(/[<>]/g, "")).replaceAll(
    /\w+/g,
    (word) => `\\fI${word}\\fR`,
  );

const commandSection = (command: Subcommand) => [
  `.SS ${command.name}`,
  `${bold(`pgconflint ${command.name}`)} [${italic("options")}] ${operandsOf(command)}`.trimEnd(),
  ".PP",
  sentence(command.describe),
  ...command.flags.flatMap(flagEntry),
];

const page = [
  '.\\" Made from the table of options by npm run generate.',
  '.TH PGCONFLINT 1 "" "pgconflint" "User Commands"',
  // Names of files and options are to be copied: left-aligned, not hyphenated.
  ".nh",
  ".ad l",
  ...section("NAME", "pgconflint \\- linter for PostgreSQL and PgBouncer configuration"),
  ...section(
    "SYNOPSIS",
    ...SUBCOMMANDS.flatMap((command, index) => [
      ...(index > 0 ? [".br"] : []),
      `${bold("pgconflint")} ${command.name === "check" ? `[${bold("check")}]` : bold(command.name)} [${italic("options")}] ${operandsOf(command)}`.trimEnd(),
    ]),
  ),
  ...section(
    "DESCRIPTION",
    `${bold("pgconflint")} reads postgresql.conf, pg_hba.conf, pg_ident.conf, pgbouncer.ini and userlist.txt as PostgreSQL 10 to 18 and`,
    "PgBouncer 1.15 to 1.25 do. It says what they would say, before they do, and what an experienced",
    "database administrator would say. It needs no server and asks none, runs nothing of what it reads, prints no",
    "password, and writes only when it is told to.",
    ".PP",
    "Without a path the working directory is checked. Which release is meant, in this order, is said by the options,",
    "pgconflint.ini, a comment on top of a file, PG_VERSION and the path; else it is the newest.",
  ),
  ...section("COMMANDS", ...SUBCOMMANDS.flatMap(commandSection)),
  ...section("COMMON OPTIONS", ...COMMON_FLAGS.flatMap(flagEntry)),
  ...section(
    "EXIT STATUS",
    ...EXIT_CODES.flatMap((meaning, code) => entry(bold(String(code)), sentence(meaning))),
    ".PP",
    `${bold("hba match")} exits with 0 where a record lets the connection in, 1 where it is rejected, and 2 where that depends on what is in no file.`,
  ),
  ...section(
    "ENVIRONMENT",
    ...entry(bold("NO_COLOR"), "No colour, where it is not empty."),
    ...entry(bold("PGDATA"), roff("The data directory for tune and host, unless --data tells.")),
    ...entry(bold("SHELL"), "The shell to complete for, unless completion is told."),
    ...entry(
      `${bold("XDG_CACHE_HOME")}, ${bold("NODE_DISABLE_COMPILE_CACHE")}`,
      "Where the compiled program is kept for the next run, and 1 for not keeping it.",
    ),
    ...entry(bold("PGCONFLINT_DEBUG"), "Where it is not empty, a bug of ours comes with its stack."),
  ),
  ...section(
    "FILES",
    ...entry(
      italic("pgconflint.ini"),
      "The configuration, searched for from the working directory up to the root of the repository.",
    ),
    ...entry(italic("~/.cache/pgconflint/"), "The compiled program; it may be removed at any time."),
  ),
  ...section(
    "EXAMPLES",
    ...SUBCOMMANDS.flatMap(({ describe, example: line }) => [".PP", sentence(describe), ...example(line)]),
  ),
  ...section("SEE ALSO", roff("postgres(1), pg_ctl(1), pgbouncer(1), pgbouncer(5)")),
];

write("man/pgconflint.1", `${page.join("\n")}\n`);
