import type { Finding } from "../engine/report.ts";
import { sentences } from "./advice.ts";
import { byFile } from "./by-file.ts";
import type { Extras, Format, NotChecked } from "./format.ts";
import { attributes, escapedLines, XML_HEAD } from "./xml.ts";

/**
 * Test results: a suite for each file, a failed test for each finding that fails the run, and a passed one where
 * there is none, so that a server that counts tests has one to count.
 */
export const junit: Format = (report, { fails, notChecked = [] }) => {
  const suites = [
    ...[...byFile(report)].map(([path, findings]) => suiteOf(path, findings, fails)),
    ...notChecked.map(notCheckedSuite),
  ];
  const sum = (key: "tests" | "failures") => suites.reduce((total, suite) => total + suite[key], 0);
  const totals = {
    name: report.tool.name,
    tests: sum("tests"),
    failures: sum("failures"),
    errors: notChecked.length,
  };
  const text = suites.map((suite) => suite.text).join("");
  return `${XML_HEAD}<testsuites${attributes(totals)}>\n${text}</testsuites>\n`;
};

function suiteOf(path: string, findings: readonly Finding[], fails: Extras["fails"]) {
  const tests = Math.max(1, findings.length);
  const failures = findings.filter(({ severity }) => fails(severity)).length;
  const cases =
    findings.length === 0
      ? [`    <testcase${attributes({ name: "no findings", classname: path, file: path })}/>\n`]
      : findings.map((finding) => caseOf(finding, fails(finding.severity)));
  const head = attributes({ name: path, tests, failures, errors: 0, skipped: 0 });
  return { tests, failures, text: `  <testsuite${head}>\n${cases.join("")}  </testsuite>\n` };
}

/** A server that could not be judged: a test that did not come to an end. */
function notCheckedSuite({ name, problem }: NotChecked) {
  const head = attributes({ name, tests: 1, failures: 0, errors: 1, skipped: 0 });
  const test = `<testcase${attributes({ name: "not checked", classname: name })}>`;
  const error = `<error${attributes({ message: problem })}/>`;
  const text = `  <testsuite${head}>\n    ${test}\n      ${error}\n    </testcase>\n  </testsuite>\n`;
  return { tests: 1, failures: 0, text };
}

function caseOf(finding: Finding, failed: boolean): string {
  const { rule, path, line, column, severity, message, help } = finding;
  const head = attributes({ name: `${rule} ${line}:${column}`, classname: path, file: path, line });
  const body = escapedLines([`${path}:${line}:${column}`, ...sentences(finding), help]);
  const result = failed
    ? `<failure${attributes({ type: severity, message })}>${body}</failure>`
    : `<system-out>${body}</system-out>`;
  return `    <testcase${head}>\n      ${result}\n    </testcase>\n`;
}
