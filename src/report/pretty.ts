import { Chalk, type ChalkInstance } from "chalk";
import type { Finding, Report } from "../engine/report.ts";
import { redact, redactUserlist } from "../text/redact.ts";
import { columnsOf, printable } from "./printable.ts";

export interface PrettyOptions {
  readonly color: boolean;
  /** Without it, only ASCII is printed. */
  readonly unicode: boolean;
  /** The text of a line, for the code frame; undefined where there is none. */
  line(path: string, line: number): string | undefined;
}

/** For people: each finding with the line that it is about, what the server says, and what to write instead. */
export function pretty(report: Report, options: PrettyOptions): string {
  const chalk = new Chalk({ level: options.color ? 1 : 0 });
  const userlists = new Set(
    report.files.filter(({ kind }) => kind === "userlist.txt").map(({ path }) => path),
  );
  const frame = (finding: Finding) => frameOf(finding, options, userlists.has(finding.path), chalk);
  return report.findings.map((finding) => `${frame(finding)}\n`).join("\n");
}

const WHEN = { read: "start", start: "start", reload: "reload", login: "log anybody in" } as const;

function frameOf(finding: Finding, options: PrettyOptions, userlist: boolean, chalk: ChalkInstance): string {
  const { path, line, column, severity, rule, message, server, suggested, related = [] } = finding;
  const paint = { error: chalk.red, warning: chalk.yellow, info: chalk.cyan }[severity];
  const bar = options.unicode ? "│" : "|";
  const numbers = [line, ...related.filter((other) => other.path === path).map((other) => other.line)];
  const width = String(Math.max(...numbers)).length;
  const gutter = (text = "") => chalk.blue(`${text.padStart(width)} ${bar}`);
  const note = (label: string, text: string) =>
    `${" ".repeat(width)} ${chalk.blue("=")} ${chalk.bold(label)}: ${text}`;

  const lines = [
    `${paint.bold(`${severity}[${rule}]`)}${chalk.bold(`: ${printable(message)}`)}`,
    `${" ".repeat(width + (options.unicode ? 1 : 0))}${chalk.blue(options.unicode ? "╭▸" : "-->")} ${printable(path)}:${line}:${column}`,
  ];
  const text = options.line(path, line);
  if (text !== undefined) {
    const { shown, before, length } = excerpt(text, finding, userlist);
    lines.push(`${gutter(String(line))} ${shown}`);
    lines.push(
      `${gutter()} ${" ".repeat(before)}${paint((options.unicode ? "━" : "^").repeat(Math.max(1, length)))}`,
    );
  }
  for (const other of related) {
    const where = other.path === path ? `line ${other.line}` : `${printable(other.path)}:${other.line}`;
    lines.push(note("note", `${where}: ${printable(other.message)}`));
  }
  if (server) {
    const does = server.effect === "refuses" ? `does not ${WHEN[server.when]}` : server.effect;
    const says = [server.message, server.detail].filter((part) => part !== undefined).map(printable);
    lines.push(note("server", `${does}: ${says.join(options.unicode ? " — " : " -- ")}`));
  }
  if (suggested !== undefined)
    lines.push(note("help", `write ${suggested === "" ? "''" : printable(suggested)}`));
  return lines.join("\n");
}

const MAX_COLUMNS = 120;

/** The line round the span, its secrets masked, with how far in and how long the span is. */
function excerpt(text: string, { column, endColumn, endLine, line }: Finding, userlist: boolean) {
  const clean = userlist ? redactUserlist(text) : redact(text);
  const end = endLine === line ? endColumn - 1 : text.length;
  // A mask moves what stands behind it; then the whole line is underlined.
  const exact = clean === text;
  const start = exact ? column - 1 : 0;
  const stop = exact ? end : clean.length;
  const from = start > MAX_COLUMNS - 30 ? start - 30 : 0;
  const cut = clean.slice(from, from + MAX_COLUMNS);
  const lead = from > 0 ? "..." : "";
  const trail = from + MAX_COLUMNS < clean.length ? "..." : "";
  const show = (part: string) => printable(part.replaceAll("\t", "    "));
  const before = show(cut.slice(0, start - from));
  const marked = show(cut.slice(start - from, Math.min(stop - from, cut.length)));
  return {
    shown: `${lead}${show(cut)}${trail}`,
    before: lead.length + columnsOf(before),
    length: columnsOf(marked),
  };
}
