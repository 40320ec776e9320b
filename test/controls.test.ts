import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rules } from "../src/rules/index.ts";
import { CONTROLS } from "./support/controls.ts";
import { root } from "./support/fixtures.ts";

const inRules = new Set(rules.flatMap(({ controls = [] }) => controls));
const notRules = readFileSync(join(root, "docs/decisions/not-rules.md"), "utf8")
  .split("\n")
  .flatMap((line) => /^\| ([^|]+) \|/.exec(line)?.[1]?.split(",") ?? [])
  .map((id) => id.trim());

test("every control is a rule, a part of one, or among those that are not, with the reason", () => {
  const known = new Set([...inRules, ...notRules]);
  expect(CONTROLS.filter((id) => !known.has(id))).toEqual([]);
});

test("what is not a rule is not covered by one", () => {
  expect(notRules.filter((id) => inRules.has(id))).toEqual([]);
});

test("rules name controls that there are", () => {
  const known = new Set(CONTROLS);
  const wrong = [...inRules].filter(
    (id) => !known.has(id) && !/^(?:CIS|STIG) \S+$|^EDB-\d+$|^pgbouncer\/F-[a-z0-9-]+$/.test(id),
  );
  expect(wrong).toEqual([]);
});
