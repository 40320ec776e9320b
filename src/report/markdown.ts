import type { Finding } from "../engine/report.ts";
import { shorten } from "../text/shorten.ts";
import { serverSays, serverVerb, takes, toWrite } from "./advice.ts";
import { cleanLines, type LineOf } from "./clean-lines.ts";
import { fleetMarkdown } from "./fleet.ts";
import type { Format } from "./format.ts";
import { code, fence, htmlCode, prose, tableCode } from "./markdown-text.ts";
import { summary } from "./summary.ts";
import { FEW } from "./tally.ts";
import { verdict } from "./verdict.ts";
import { worstFirst } from "./worst-first.ts";

/** GitHub refuses a comment of more than 65,536 characters. */
const MOST = 60_000;
const MARK = { error: "🔴", warning: "🟠", info: "🔵" } as const;

/** A comment for a pull request: what was found in a table, with the details folded. */
export const markdown: Format = (report, { line, settings, rules, tallied, notChecked = [] }) => {
  const looked = summary(report, { settings, rules: rules.length, notChecked: notChecked.length }).trim();
  const servers = tallied && tallied.servers > FEW ? `\n${fleetMarkdown(tallied)}` : "";
  const head = `### ${verdict(report)}\n\n${report.tool.name}: ${prose(looked)}\n${servers}`;
  const { findings } = report;
  if (findings.length === 0) return head;
  const sorted = worstFirst(findings);
  const rows = fitting(sorted.map(row), MOST / 2);
  const lineOf = cleanLines(report, line);
  const used = head.length + rows.text.length;
  const blocks = fitting(
    sorted.map((finding) => details(finding, lineOf)),
    MOST - used,
  );
  const table = `| | where | what |\n|---|---|---|\n${rows.text}${more(rows.left, "rows")}`;
  return `${head}\n${table}${blocks.text}${more(blocks.left, "findings with their details")}`;
};

/** As many of the texts as there is room for. */
function fitting(texts: readonly string[], room: number): { text: string; left: number } {
  let text = "";
  for (const [index, next] of texts.entries()) {
    if (text.length + next.length > room) return { text, left: texts.length - index };
    text += next;
  }
  return { text, left: 0 };
}

const more = (left: number, what: string) =>
  left === 0 ? "" : `\n${left} more ${what} did not fit here; the job's log has them.\n`;

const row = ({ severity, path, line, message, rule, help }: Finding): string =>
  `| ${MARK[severity]} ${severity} | ${tableCode(`${path}:${line}`)} | ${prose(shorten(message, 300))} [${prose(rule)}](${help}) |\n`;

function details(finding: Finding, lineOf: LineOf): string {
  const { path, line, severity, rule, message, server, suggested, related = [] } = finding;
  const source = lineOf(path, line)?.clean;
  const after = takes(finding);
  const parts = [
    prose(message),
    ...(source === undefined ? [] : [fence(`${line} | ${source}`)]),
    ...related.map(
      (other) =>
        `- ${code(`${other.path}:${other.line}`)} ${prose(other.message)}${quoted(lineOf, other.path, other.line)}`,
    ),
    ...(server ? [`**The server** ${serverVerb(server)}: ${code(serverSays(server, " - "))}`] : []),
    ...(suggested === undefined
      ? []
      : [`**Write** ${code(toWrite(suggested))}${after ? `; it ${after}.` : ""}`]),
  ];
  const title = `${MARK[severity]} ${htmlCode(`${path}:${line}`)} ${rule}`;
  return `\n<details><summary>${title}</summary>\n\n${parts.join("\n\n")}\n\n</details>\n`;
}

function quoted(lineOf: LineOf, path: string, line: number): string {
  const text = lineOf(path, line)?.clean;
  return text === undefined ? "" : `: ${code(shorten(text, 120))}`;
}
