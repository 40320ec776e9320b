import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import type { Finding } from "../../src/engine/report.ts";
import { sarif } from "../../src/report/sarif.ts";
import { root } from "../support/fixtures.ts";
import { byServer, sample } from "./support.ts";

/** The schema is of draft 4, where an id is `id`; what else is in it, ajv reads alike. */
function schema(): object {
  const text = readFileSync(join(root, "fixtures/reports/sarif-2.1.0-rtm.5.schema.json"), "utf8");
  const { $schema: _, id: __, ...rest } = JSON.parse(text);
  return rest;
}

test("what is printed is SARIF 2.1.0", () => {
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema());
  const { report, extras } = sample();
  const [first] = report.findings;
  const odd: Partial<Finding>[] = [
    { path: "/etc/postgresql/16/ä b#c?.conf", confidence: "low", controls: ["CIS-17 5.4"] },
    { path: "../other/\ud800.conf", rule: "their/own" },
    { fix: { title: "t", safe: false, edits: [{ path: "a", start: 4, end: 4, text: "" }] } },
  ];
  const findings = [...report.findings, ...odd.flatMap((more) => (first ? [{ ...first, ...more }] : []))];
  const log = JSON.parse(sarif({ ...report, findings }, extras));
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...log, version: "2.0.0" })).toBe(false);
});

const uriOf = (path: string) => {
  const { report, extras } = sample();
  const [first] = report.findings;
  const findings = first ? [{ ...first, path }] : [];
  const [run] = JSON.parse(sarif({ ...report, findings }, extras)).runs;
  return run.results[0].locations[0].physicalLocation.artifactLocation;
};

test.each([
  ["conf.d/a.conf", { uri: "conf.d/a.conf", uriBaseId: "%SRCROOT%" }],
  ["./a b#1?.conf", { uri: "a%20b%231%3F.conf", uriBaseId: "%SRCROOT%" }],
  ["/etc/ä.conf", { uri: "file:///etc/%C3%A4.conf" }],
  ["../a.conf", { uri: "../a.conf" }],
])("the file %s is %j", (path, location) => {
  expect(uriOf(path)).toEqual(location);
});

/** The fingerprints of the findings in these lines, by rule. */
function printsOf(...lines: string[]): string[] {
  const { report, extras } = byServer([{ path: "postgresql.conf", text: `${lines.join("\n")}\n` }]);
  const [run] = JSON.parse(sarif(report, extras)).runs;
  return run.results.map(
    (result: { ruleId: string; partialFingerprints: Record<string, string> }) =>
      `${result.ruleId} ${result.partialFingerprints["pgconflint/v1"]}`,
  );
}

test("a finding keeps its fingerprint when its line moves, and has another when its value changes", () => {
  const before = printsOf("work_mem = 64 mb", "fsync = maybe");
  expect(before).toHaveLength(2);
  expect(printsOf("# new", "", "work_mem =   64 mb", "port = 5433", "fsync = maybe # so?")).toEqual([
    expect.stringMatching(/^server\/syntax-error /),
    before[1],
  ]);
  expect(printsOf("", "", "work_mem = 64 mb", "fsync = perhaps")).toEqual([
    before[0],
    expect.not.stringMatching(before[1] ?? ""),
  ]);
});

test("findings that are alike have fingerprints of their own", () => {
  const prints = printsOf("nonsense", "nonsense", "nonsense");
  expect(new Set(prints).size).toBe(prints.length);
  expect(prints.length).toBe(3);
});

test("a fingerprint does not depend on a secret, so that nobody can try secrets against it", () => {
  const print = (password: string) => printsOf(`primary_conninfo 'password=${password}' x`);
  expect(print("hunter2")).toEqual(print("letmein"));
  expect(print("hunter2")).toHaveLength(1);
});

test("a fix is what the report has, as text to put in the place of text", () => {
  const text = "port = 5433\neffective_cache_size = 24gb\n";
  const { report, extras } = byServer([{ path: "postgresql.conf", text }]);
  const [run] = JSON.parse(sarif(report, extras)).runs;
  const [{ replacements }] = run.results[0].fixes[0].artifactChanges;
  const [{ deletedRegion, insertedContent }] = replacements;
  const { charOffset, charLength } = deletedRegion;
  const fixed = text.slice(0, charOffset) + insertedContent.text + text.slice(charOffset + charLength);
  expect(fixed).toBe("port = 5433\neffective_cache_size = 24GB\n");
});
