import type { Finding, Report } from "../engine/report.ts";
import { sentences } from "./advice.ts";
import { printable } from "./printable.ts";
import { worstFirst } from "./worst-first.ts";

const COMMAND = { error: "error", warning: "warning", info: "notice" } as const;

/**
 * Workflow commands, which GitHub Actions turns into annotations of the files of a pull request: the first ten of each
 * severity in a step.
 */
export const github = ({ findings }: Pick<Report, "findings">): string =>
  worstFirst(findings).map(commandOf).join("");

function commandOf(finding: Finding): string {
  const { severity, rule, path, line, column, endLine, endColumn } = finding;
  const properties = {
    file: path,
    line,
    endLine,
    // GitHub refuses columns where a finding goes over several lines.
    ...(line === endLine && { col: column, endColumn: Math.max(column, endColumn - 1) }),
    title: rule,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  const message = sentences(finding).map(printable).join("\n");
  return `::${COMMAND[severity]} ${list.join(",")}::${data(message)}\n`;
}

/** As the runner reads them back: what would end a line, or a property. */
const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => data(printable(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
