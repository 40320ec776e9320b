import type { Report } from "../engine/report.ts";
import { SEVERITIES } from "../engine/rule.ts";
import { readRegularFile } from "./disk.ts";
import { UserError } from "./problem.ts";

/** A report that --format json has written; `path` is the file, as messages name it. */
export function readReport(path: string, absolute: string): Report {
  const bytes = readRegularFile(absolute);
  if (typeof bytes === "string") throw new UserError(`${path}: ${bytes}`);
  let report: unknown;
  try {
    report = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new UserError(`${path}: not JSON; pgconflint check --format json=FILE writes a report`);
  }
  if (!isReport(report))
    throw new UserError(`${path}: not a report of pgconflint; check --format json=FILE writes one`);
  return report;
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => typeof value === "number";
const isListOf = (value: unknown, fits: (item: Fields) => boolean) =>
  Array.isArray(value) && value.every((item) => isObject(item) && fits(item));
const isMissingOr = (value: unknown, fits: boolean) => value === undefined || fits;

/** As far as the formats rely on it. */
function isReport(report: unknown): report is Report {
  if (!isObject(report) || report.schema !== 1) return false;
  const { tool, target, files, findings, suppressed, summary } = report;
  return (
    isObject(tool) &&
    tool.name === "pgconflint" &&
    isText(tool.version) &&
    isObject(target) &&
    isObject(summary) &&
    isNumber(suppressed) &&
    isListOf(files, ({ path, kind }) => isText(path) && isText(kind)) &&
    isListOf(findings, isFinding)
  );
}

function isFinding(finding: Fields): boolean {
  const { rule, severity, message, path, help, related, fix } = finding;
  const texts = [rule, message, path, help];
  const numbers = [finding.line, finding.column, finding.endLine, finding.endColumn];
  return (
    texts.every(isText) &&
    numbers.every(isNumber) &&
    SEVERITIES.some((known) => known === severity) &&
    isMissingOr(
      related,
      isListOf(related, (other) => isText(other.path) && isText(other.message) && isNumber(other.line)),
    ) &&
    isMissingOr(
      fix,
      isObject(fix) &&
        isText(fix.title) &&
        isListOf(fix.edits, (edit) => isText(edit.path) && isText(edit.text)),
    )
  );
}
