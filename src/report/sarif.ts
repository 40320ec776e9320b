import type { Finding, Fix, Report } from "../engine/report.ts";
import type { Rule } from "../engine/rule.ts";
import { sentences } from "./advice.ts";
import { cleanLines, type LineOf } from "./clean-lines.ts";
import { fingerprints } from "./fingerprint.ts";
import type { Format, NotChecked } from "./format.ts";
import { jsonText } from "./json-text.ts";
import { location, regionOf } from "./sarif-location.ts";
import { ruleDescriptor } from "./sarif-rule.ts";

/** SARIF 2.1.0, which GitHub's code scanning and editors read. */
export const sarif: Format = (report, { line, rules, notChecked = [] }) => {
  const lineOf = cleanLines(report, line);
  const prints = fingerprints(report, lineOf);
  const fired = firedRules(report, rules);
  const index = new Map(fired.map(({ id }, at) => [id, at]));
  const { tool, target, files, findings, suppressed } = report;
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            semanticVersion: tool.version,
            informationUri: "https://github.com/pgconflint/pgconflint",
            rules: fired,
          },
        },
        invocations: [invocationOf(notChecked)],
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: {
          "%SRCROOT%": {
            description: {
              text: "The root of the repository; where there is none, the directory that the program was run in.",
            },
          },
        },
        artifacts: files.map(({ path, kind }) => ({
          location: location(path),
          roles: ["analysisTarget"],
          description: { text: kind },
        })),
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: index.get(finding.rule),
          ...resultOf(finding, lineOf),
          partialFingerprints: { "pgconflint/v1": prints.get(finding) },
        })),
        properties: { target, suppressed },
      },
    ],
  };
  return jsonText(log);
};

/** A server that could not be judged is no result, and no success. */
function invocationOf(notChecked: readonly NotChecked[]) {
  if (notChecked.length === 0) return { executionSuccessful: true };
  return {
    executionSuccessful: false,
    toolExecutionNotifications: notChecked.map(({ name, problem }) => ({
      level: "error",
      message: { text: problem },
      locations: [{ physicalLocation: { artifactLocation: location(name) } }],
    })),
  };
}

/** The rules that have a result, in the order of their first; one that is not among ours has its id alone. */
function firedRules({ findings }: Report, rules: readonly Rule[]) {
  const known = new Map<string, Rule>(rules.map((rule) => [rule.id, rule]));
  const helpOf = new Map(findings.map(({ rule, help }) => [rule, help]));
  return [...helpOf].map(([id, help]) => ruleDescriptor(id, help, known.get(id)));
}

const LEVEL = { error: "error", warning: "warning", info: "note" } as const;

function resultOf(finding: Finding, lineOf: LineOf) {
  const { severity, confidence = "high", path, setting, related, fix, server, controls, apply } = finding;
  return {
    level: LEVEL[severity],
    message: { text: sentences(finding).join("\n") },
    locations: [
      {
        physicalLocation: {
          artifactLocation: location(path),
          region: regionOf(finding),
          ...context(path, finding.line, lineOf),
        },
        ...(setting !== undefined && { logicalLocations: [{ name: setting, kind: "property" }] }),
      },
    ],
    ...(related && {
      relatedLocations: related.map((other, id) => ({
        id,
        message: { text: other.message },
        physicalLocation: { artifactLocation: location(other.path), region: { startLine: other.line } },
      })),
    }),
    ...(fix && { fixes: [fixOf(fix)] }),
    properties: {
      confidence,
      ...(finding.current !== undefined && { current: finding.current }),
      ...(finding.suggested !== undefined && { suggested: finding.suggested }),
      ...(apply !== undefined && { apply }),
      ...(server && { server }),
      ...(controls && { controls }),
    },
  };
}

/** The whole line, for viewers that do not have the file; without its secrets, as they do not need those. */
function context(path: string, line: number, lineOf: LineOf) {
  const text = lineOf(path, line)?.clean;
  return text === undefined ? {} : { contextRegion: { startLine: line, snippet: { text } } };
}

/** Offsets rather than lines: they are what the report has, and hold for insertions at the end of a file too. */
function fixOf({ title, safe, edits }: Fix) {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return {
    description: { text: safe ? title : `${title} (changes what works today)` },
    artifactChanges: paths.map((path) => ({
      artifactLocation: location(path),
      replacements: edits
        .filter((edit) => edit.path === path)
        .map(({ start, end, text }) => ({
          deletedRegion: { charOffset: start, charLength: end - start },
          insertedContent: { text },
        })),
    })),
  };
}
