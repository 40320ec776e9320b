import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { disagreement } from "../../scripts/conformance/compare.ts";
import { isKnown } from "../../scripts/conformance/known.ts";
import type { Recorded } from "../../scripts/conformance/probe.ts";
import { root } from "../support/fixtures.ts";

/** What real servers said of every probe, recorded by `npm run conformance -- --record`. */
function recorded(suite: string): Recorded[] {
  const text = gunzipSync(readFileSync(join(root, `fixtures/verdicts/${suite}.jsonl.gz`))).toString();
  return text
    .trimEnd()
    .split("\n")
    .map((line): Recorded => JSON.parse(line));
}

test.each([
  ["conf", 3000],
  ["hba", 900],
  ["ident", 100],
  ["pgbouncer", 900],
])("%s: we say what the real servers said", { timeout: 120_000 }, (suite, least) => {
  const probes = recorded(suite);
  expect(probes.length).toBeGreaterThanOrEqual(least);
  const wrong: string[] = [];
  for (const { verdicts, ...probe } of probes)
    for (const { on, ...verdict } of verdicts)
      for (const release of on) {
        const why = isKnown(suite, probe.text) ? undefined : disagreement(probe, verdict, release);
        if (why !== undefined) wrong.push(`${release}: ${JSON.stringify(probe.text)}: ${why}`);
      }
  expect(wrong.slice(0, 10)).toEqual([]);
});
