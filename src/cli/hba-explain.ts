import type { Strength } from "../api/access-strength.ts";
import { databasesText, exampleText, fromText, usersText } from "../api/access-words.ts";
import { clusterOf } from "../api/cluster-of.ts";
import { type AccessRow, type AccessSummary, explainAccess, type UnusedLine } from "../api/explain-hba.ts";
import type { Pooler } from "../cluster/pooler.ts";
import { UserError } from "../node/problem.ts";
import { jsonText } from "../report/json-text.ts";
import { printable } from "../report/printable.ts";
import { table } from "../report/table.ts";
import { plural } from "../report/verdict.ts";
import { linesText } from "../text/line-refs.ts";
import type { Args } from "./args.ts";
import { wantsJson } from "./format.ts";
import { dialectOf } from "./hba-dialect.ts";
import { readInput, wantAll } from "./input.ts";
import type { ExitCode, Io } from "./io.ts";

/** Exit codes: 0, and 2 where a server does not load its file. */
export function explainHba(args: Args, io: Io): ExitCode {
  const dialect = dialectOf(args);
  const missing: string[] = [];
  const { servers, disk } = readInput(args, io);
  const summaries = servers.flatMap(({ files, target }) => {
    const cluster = clusterOf(files, target);
    if (cluster.pooler) missing.push(withoutFile(cluster.pooler));
    return explainAccess(cluster, dialect);
  });
  wantAll(disk);
  if (summaries.length === 0)
    throw new UserError(missing.shift() ?? "there is no pg_hba.conf among the files");
  if (wantsJson(args)) io.stdout(jsonText(summaries));
  else io.stdout(summaries.map(printed).join("\n"));
  return summaries.some(({ refusal }) => refusal !== null) ? 2 : 0;
}

function withoutFile(pooler: Pooler): string {
  const [type, file] = [pooler.text("auth_type"), pooler.text("auth_hba_file")];
  return type === "hba"
    ? `${pooler.main.path}: auth_hba_file = ${file} is not there; name it, with --dialect pgbouncer`
    : `${pooler.main.path}: auth_type = ${type} says who gets in, and no file does`;
}

const TITLES: Readonly<Record<Strength, string>> = {
  nothing: "Without a password",
  weak: "With weak proof",
  strong: "With strong proof",
  rejected: "Kept out",
};

function printed(summary: AccessSummary): string {
  const { path, server, refusal, lines, rows, rest, unused, notes } = summary;
  const said =
    refusal === null
      ? [`${path}: ${plural(lines, "line")} as ${server} reads them\n`]
      : [
          `${server} does not load ${path}: ${refusal}\nIt does not start with the file, and one that runs goes on with what it read before.\n`,
          "Without what is wrong, it would say:\n",
        ];
  if (!rows.some(({ strength }) => strength === "nothing")) said.push("Nobody gets in without a password.\n");
  said.push(...sections(rows, path));
  said.push(
    rest
      ? "Everybody else is turned away, as no line takes them.\n"
      : "Nobody else is left: the lines take every connection.\n",
  );
  if (unused.length > 0) said.push(`Never used\n${table(unusedCells(unused, path))}`);
  said.push(...notes.map((note) => `${note}\n`));
  return said.map(printableLines).join("\n");
}

/** Many lines that are unused for the same reason are told together. */
function unusedCells(unused: readonly UnusedLine[], path: string): string[][] {
  const alike = new Map<string, UnusedLine[]>();
  for (const line of unused) alike.set(line.because, [...(alike.get(line.because) ?? []), line]);
  return [...alike].flatMap(([because, lines]) =>
    lines.length > MOST_ALIKE
      ? [[`  ${linesText(lines, path)}`, because]]
      : lines.map((line) => [
          `  ${linesText([line], path)}`,
          [line.text, because].filter(Boolean).join(": "),
        ]),
  );
}

const MOST_ALIKE = 3;

export const printableLines = (lines: string) =>
  lines
    .split("\n")
    .map((line) => printable(line))
    .join("\n");

const HEAD = ["  FROM", "WHO", "DATABASE", "METHOD", "TLS", "LINE"];

/** One table, so that the columns of all sections stand in line. */
function sections(rows: readonly AccessRow[], path: string): string[] {
  if (rows.length === 0) return [];
  const [head = "", ...lines] = table([HEAD, ...rows.map((row) => cellsOf(row, path))])
    .trimEnd()
    .split("\n");
  const found = new Map<Strength, string[]>();
  for (const [at, row] of rows.entries()) {
    const section = found.get(row.strength) ?? [TITLES[row.strength], ...reasons(rows, row.strength), head];
    section.push(lines[at] ?? "", ...[...notesOf(row, path)].map((note) => `      ${note}`));
    found.set(row.strength, section);
  }
  return [...found.values()].map((section) => `${section.join("\n")}\n`);
}

/** Once for each method. */
function reasons(rows: readonly AccessRow[], strength: Strength): readonly string[] {
  const found = new Set<string>();
  for (const row of rows)
    if (row.strength === strength && row.why !== null) found.add(`  ${row.method}: ${row.why}`);
  return [...found];
}

const cellsOf = ({ from, users, databases, method, options, encryption, lines }: AccessRow, path: string) => [
  `  ${fromText(from)}`,
  usersText(users),
  databasesText(databases),
  [method, ...options].join(" "),
  ENCRYPTION[encryption],
  linesText(lines, path).replace(/^lines? /, ""),
];

const ENCRYPTION = { required: "required", optional: "optional", none: "none", needless: "-" } as const;

function* notesOf({ except, witness, unless }: AccessRow, path: string): Generator<string> {
  if (except.length > 0)
    yield `except what ${linesText(except, path)} ${except.length === 1 ? "takes" : "take"} first`;
  if (witness) yield exampleText(witness, unless);
}
