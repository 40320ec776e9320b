import { describe, expect, test } from "vitest";
import { applyEdits } from "../src/fix/edits.ts";
import type { Finding } from "../src/index.ts";
import { rules } from "../src/rules/index.ts";
import { caseFolders, expectedIn, foundIn, lintCase, readCase, type TextFile } from "./support/fixtures.ts";

const cases = caseFolders("fixtures/rules");
const profileOf = (id: string) => rules.find((rule) => rule.id === id)?.profiles?.[0] ?? "default";
const isAbsence = ({ endLine, endColumn }: Finding) => endLine === 1 && endColumn === 1;
const ruleOf = (folder: string) => folder.split("/").slice(2, 4).join("/");

describe.each(cases)("%s", (folder) => {
  const files = readCase(folder);
  const config = { profile: profileOf(ruleOf(folder)), today: "2026-11-21" };
  const report = lintCase(files, config);
  /** What a file does not say is missing in nearly every fixture; only those of the rule in question mark it. */
  const marked = (findings: readonly Finding[]) =>
    foundIn(findings.filter((finding) => finding.rule === ruleOf(folder) || !isAbsence(finding)));

  test("has the findings that its markers ask for, and no others", () => {
    expect(marked(report.findings)).toEqual(expectedIn(files));
  });

  test("is a case of its rule", () => {
    const fired = report.findings.some(({ rule }) => rule === ruleOf(folder));
    expect(fired).toBe(/\/bad[^/]*$/.test(folder));
  });

  test("has the same findings with Windows line ends", () => {
    const windows = files.map(({ path, text }) => ({ path, text: text.replaceAll("\n", "\r\n") }));
    expect(marked(lintCase(windows, config).findings)).toEqual(expectedIn(files));
  });

  test("loses each finding that has a fix when the fix is applied", () => {
    for (const finding of report.findings) {
      if (!finding.fix) continue;
      const fixed = lintCase(applyFix(files, finding), config);
      expect(count(fixed.findings, finding.rule), finding.message).toBeLessThan(
        count(report.findings, finding.rule),
      );
    }
  });
});

test.each(cases)("%s: what a part of it has no answer to is not made up", (folder) => {
  const parts = readCase(folder).map(({ path, text }) => ({ path: `conf.d/part-of-${path}`, text }));
  expect(JSON.stringify(lintCase(parts, {}).findings)).not.toMatch(/\b(?:undefined|NaN|null)\b/);
});

test.each(rules.map(({ id }) => id))("%s has a bad fixture and a near miss", (id) => {
  const names = cases
    .filter((folder) => ruleOf(folder) === id)
    .map((folder) => folder.split("/").at(-1) ?? "");
  expect(names.some((name) => name.startsWith("bad"))).toBe(true);
  expect(names.some((name) => name.startsWith("good"))).toBe(true);
});

function applyFix(files: readonly TextFile[], { fix }: Finding): TextFile[] {
  return files.map(({ path, text }) => ({
    path,
    text: applyEdits(text, fix?.edits.filter((edit) => edit.path === path) ?? []),
  }));
}

const count = (findings: readonly Finding[], rule: string) =>
  findings.filter((finding) => finding.rule === rule).length;
