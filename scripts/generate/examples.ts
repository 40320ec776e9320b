import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../../src/engine/rule.ts";
import { compact } from "../../src/report/compact.ts";
import type { Example, ExampleFile } from "../../src/rules/support/example.ts";
import { lintCase, readCase } from "../../test/support/fixtures.ts";
import { root } from "./output.ts";

/** The first bad and the first good fixture of a rule, and what is said of the bad one. */
export function exampleOf({ id, profiles }: Rule): Example {
  const cases = readdirSync(join(root, "fixtures/rules", id)).sort();
  const filesOf = (prefix: string) => {
    const name = cases.find((entry) => entry.startsWith(prefix));
    if (name === undefined) throw new Error(`${id} has no ${prefix} fixture`);
    return readCase(join("fixtures/rules", id, name));
  };
  const bad = filesOf("bad");
  const config = { profile: profiles?.[0] ?? "default", today: "2026-11-21" };
  const findings = lintCase(bad.map(withoutMarkers), config).findings.filter(({ rule }) => rule === id);
  return {
    bad: shown(bad),
    said: compact({ findings: findings.slice(0, 3) }).trimEnd(),
    good: shown(filesOf("good")),
  };
}

const withoutMarkers = ({ path, text }: ExampleFile): ExampleFile => ({
  path,
  text: text
    .split("\n")
    .filter((line) => !/^\s*[#;]~/.test(line))
    .join("\n"),
});

const MOST_LINES = 22;

const shown = (files: readonly ExampleFile[]): ExampleFile[] =>
  files
    .map(withoutMarkers)
    .map(({ path, text }) => ({ path, text: cut(text.trim()) }))
    .filter(({ text }) => text !== "");

function cut(text: string): string {
  const lines = text.split("\n");
  return lines.length > MOST_LINES + 2 ? [...lines.slice(0, MOST_LINES), "…"].join("\n") : text;
}
