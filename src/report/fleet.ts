import { SEVERITIES } from "../engine/rule.ts";
import { code, prose, tableCode } from "./markdown-text.ts";
import type { Paint } from "./paint.ts";
import { ascii, columnsOf, printable } from "./printable.ts";
import type { FiredRule, Tallied, WorstServer } from "./tally.ts";

export interface FleetOptions {
  /** Without it, only ASCII is printed. */
  readonly unicode: boolean;
  readonly paint?: Paint | undefined;
}

const WIDTH = 80;
const grouped = (count: number) => count.toLocaleString("en");
const plural = (count: number, what: string) => `${grouped(count)} ${what}${count === 1 ? "" : "s"}`;
const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)}%`;

/** How the servers of a run stand, and what to look at first: tables of eighty columns. */
export function fleet(tallied: Tallied, { unicode, paint }: FleetOptions): string {
  const line = (unicode ? "─" : "-").repeat(WIDTH);
  const show = unicode ? printable : ascii;
  const title = (cells: readonly string[], columns: Columns) => {
    const text = row(cells, columns);
    return `\n${paint?.strong(text) ?? text}\n${paint?.quiet(line) ?? line}\n`;
  };
  const { worst, commonest, servers } = tallied;
  const parts = [`${wrapped(headline(tallied))}\n`];
  if (worst.length > 0) {
    parts.push(title(["Worst servers", "errors", "warnings", "info"], SERVER_COLUMNS));
    for (const { name, counts } of worst) {
      const cells = [fitted(show(name), SERVER_COLUMNS), ...SEVERITIES.map((each) => grouped(counts[each]))];
      parts.push(`${row(cells, SERVER_COLUMNS)}\n`);
    }
  }
  if (commonest.length > 0) {
    parts.push(title([commonestTitle(commonest), "servers", "share", "findings"], RULE_COLUMNS));
    for (const { rule, severity, servers: on, findings } of commonest) {
      const label = severity.padEnd(9);
      const cells = [`${label}${rule}`, grouped(on), share(on, servers), grouped(findings)];
      const text = row(cells, RULE_COLUMNS);
      parts.push(`${paint ? paint[severity](label) + text.slice(label.length) : text}\n`);
    }
  }
  return parts.join("");
}

/** The same as tables of Markdown, for a pull request. */
export function fleetMarkdown(tallied: Tallied): string {
  const { worst, commonest, servers } = tallied;
  const serverRow = ({ name, counts }: WorstServer) =>
    `| ${tableCode(name)} | ${SEVERITIES.map((each) => grouped(counts[each])).join(" | ")} |\n`;
  const ruleRow = ({ rule, severity, servers: on, findings }: FiredRule) =>
    `| ${severity} | ${code(rule)} | ${grouped(on)} | ${share(on, servers)} | ${grouped(findings)} |\n`;
  return [
    `${prose(headline(tallied))}\n`,
    worst.length > 0 &&
      `\n| Worst servers | errors | warnings | info |\n|---|--:|--:|--:|\n${worst.map(serverRow).join("")}`,
    commonest.length > 0 &&
      `\n| | ${commonestTitle(commonest)} | servers | share | findings |\n|---|---|--:|--:|--:|\n${commonest.map(ruleRow).join("")}`,
  ]
    .filter(Boolean)
    .join("");
}

/** "10,000 servers: 1,112 with errors, 8,000 with warnings, 5 with remarks, 880 clean, 3 not checked" */
function headline({ servers, withErrors, withWarnings, withRemarks, notChecked }: Tallied): string {
  const clean = servers - withErrors - withWarnings - withRemarks - notChecked;
  const parts = [
    [withErrors, "with errors"],
    [withWarnings, "with warnings at worst"],
    [withRemarks, "with remarks at worst"],
    [clean, "clean"],
    [notChecked, "not checked"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${grouped(count)} ${what}`);
  return `${plural(servers, "server")}: ${said.join(", ")}`;
}

const commonestTitle = (commonest: readonly FiredRule[]): string =>
  commonest.some(({ severity }) => severity !== "info")
    ? "Commonest errors and warnings"
    : "Commonest remarks";

/** Widths of a table: the first column is text, the others are numbers. */
type Columns = readonly [first: number, ...others: number[]];
const SERVER_COLUMNS: Columns = [53, 8, 10, 9];
const RULE_COLUMNS: Columns = [53, 9, 8, 10];

const row = (cells: readonly string[], columns: Columns): string =>
  cells
    .map((cell, at) => {
      const blanks = " ".repeat(Math.max(0, (columns[at] ?? 0) - columnsOf(cell)));
      return at === 0 ? cell + blanks : blanks + cell;
    })
    .join("");

/** The end of a path tells more than its beginning. */
function fitted(name: string, [width]: Columns): string {
  if (columnsOf(name) <= width) return name;
  const characters = [...name];
  while (columnsOf(characters.join("")) > width - 3) characters.shift();
  return `...${characters.join("")}`;
}

/** A line at most as wide as the tables. */
function wrapped(text: string): string {
  const at = text.length > WIDTH ? text.lastIndexOf(", ", WIDTH) : -1;
  return at === -1 ? text : `${text.slice(0, at + 1)}\n  ${wrapped(text.slice(at + 2))}`;
}
