import type { Finding, Report } from "../engine/report.ts";
import { shorten } from "../text/shorten.ts";
import { serverDoes, serverSays, toWrite } from "./advice.ts";
import { cleanLines, type LineOf } from "./clean-lines.ts";
import { excerpt } from "./excerpt.ts";
import type { Related } from "./format.ts";
import type { Paint } from "./paint.ts";
import { ascii, printable } from "./printable.ts";

export interface PrettyOptions {
  /** Without it, only ASCII is printed. */
  readonly unicode: boolean;
  readonly paint?: Paint | undefined;
  /** The text of a line, for the code frame; undefined where there is none. */
  line(path: string, line: number): string | undefined;
}

/** For people: each finding with the line that it is about, what the server says, and what to write instead. */
export function pretty(report: Report, options: PrettyOptions): string {
  const style = styleOf(options);
  const lineOf = cleanLines(report, options.line);
  return report.findings.map((finding) => `${frameOf(finding, lineOf, style)}\n`).join("\n");
}

/** How things look, decided once. */
interface Style {
  readonly paint: Paint;
  readonly bar: string;
  readonly arrow: string;
  readonly mark: string;
  readonly dash: string;
  show(text: string): string;
}

const plain = (text: string) => text;
const NO_PAINT: Paint = { error: plain, warning: plain, info: plain, strong: plain, quiet: plain };

const styleOf = ({ unicode, paint = NO_PAINT }: PrettyOptions): Style =>
  unicode
    ? { paint, bar: "│", arrow: " ╭▸", mark: "━", dash: " — ", show: printable }
    : { paint, bar: "|", arrow: "-->", mark: "^", dash: " -- ", show: ascii };

/** With more, nobody reads the next finding. */
const MOST_LINES = 8;
/** A message that quotes a whole line of a broken file is cut. */
const MOST_CHARACTERS = 400;

function frameOf(finding: Finding, lineOf: LineOf, style: Style): string {
  const { path, line, column, severity, rule, message, related = [] } = finding;
  const { paint, arrow } = style;
  const width = String(Math.max(line, ...related.map((other) => other.line))).length;
  const gutter = (text = "") => paint.quiet(`${text.padStart(width)} ${style.bar}`);
  const show = (text: string) => style.show(shorten(text, MOST_CHARACTERS));

  const head = [
    `${paint.strong(paint[severity](`${severity}[${rule}]`))}${paint.strong(`: ${show(message)}`)}`,
    `${" ".repeat(width)}${paint.quiet(arrow)} ${show(path)}${isAbsence(finding) ? "" : `:${line}:${column}`}`,
  ];
  const source = isAbsence(finding) ? undefined : lineOf(path, line);
  if (source) {
    const { shown, before, length } = excerpt(source, finding, style.show);
    head.push(`${gutter(String(line))} ${shown}`);
    head.push(`${gutter()} ${" ".repeat(before)}${paint[severity](style.mark.repeat(Math.max(1, length)))}`);
  }
  const note = (label: string, text: string) =>
    `${" ".repeat(width)} ${paint.quiet("=")} ${paint.strong(label)}: ${text}`;
  const tail = advice(finding, source?.text, style.dash).map(([label, text]) => note(label, show(text)));
  const others = relatedLines(finding, MOST_LINES - head.length - tail.length, (other) => {
    const text = lineOf(other.path, other.line)?.clean;
    const where = other.path === path ? `line ${other.line}` : `${show(other.path)}:${other.line}`;
    return [
      note("note", `${where}: ${show(other.message)}`),
      ...(text === undefined ? [] : [`${gutter(String(other.line))} ${show(shorten(text, 120))}`]),
    ];
  });
  return [...head, ...others, ...tail].join("\n");
}

/** Each other place with its own line, as far as there is room; then only what is said of it. */
function relatedLines(
  { related = [] }: Finding,
  room: number,
  print: (other: Related) => string[],
): string[] {
  const full = related.flatMap(print);
  if (full.length <= room) return full;
  return related.flatMap((other) => print(other).slice(0, 1)).slice(0, Math.max(1, room));
}

/** What the server says, and what to write. */
function advice(finding: Finding, line: string | undefined, dash: string): [label: string, text: string][] {
  const { server, suggested } = finding;
  const lines: [string, string][] = [];
  if (server) lines.push(["server", `${serverDoes(server)}: ${serverSays(server, dash)}`]);
  if (suggested !== undefined) lines.push(["help", `write ${lineToWrite(finding, suggested, line)}`]);
  return lines;
}

/** The value alone where it takes the place of another, and the whole line where the setting is somewhere else, or nowhere. */
function lineToWrite({ setting }: Finding, suggested: string, line: string | undefined): string {
  const isThere = setting === undefined || line?.toLowerCase().includes(setting.toLowerCase());
  return isThere ? toWrite(suggested) : `${setting} = ${toWrite(suggested)}`;
}

/** Is it about what the file does not say? Then there is no line to show. */
const isAbsence = ({ line, column, endLine, endColumn }: Finding): boolean =>
  line === 1 && column === 1 && endLine === 1 && endColumn === 1;
