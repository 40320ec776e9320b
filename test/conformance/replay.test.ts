import { expect, test } from "vitest";
import { disagreement } from "../../scripts/conformance/compare.ts";
import { isKnown } from "../../scripts/conformance/known.ts";
import type { Recorded, Suite } from "../../scripts/conformance/probe.ts";
import { readVerdicts } from "../../scripts/conformance/record.ts";

/** What real servers said of every probe, recorded by `npm run conformance -- --record`. */
test.each<[Suite, number]>([
  ["conf", 5000],
  ["start", 120],
  ["hba", 1000],
  ["ident", 200],
  ["match", 600],
  ["map", 500],
  ["pgbouncer", 900],
])("%s: we say what the real servers said", { timeout: 120_000 }, (suite, least) => {
  const probes = readVerdicts(suite);
  expect(probes.length).toBeGreaterThanOrEqual(least);
  expect(probes.flatMap((probe, index) => [...disagreements(probe, index)]).slice(0, 10)).toEqual([]);
});

/** Where many releases gave the same verdict, the first, the last and one between stand for all of them here. */
const someOf = (on: readonly string[], index: number) =>
  on.length <= 3
    ? on
    : on.filter((_, at) => at === 0 || at === on.length - 1 || at === 1 + (index % (on.length - 2)));

function* disagreements({ verdicts, ...probe }: Recorded, index: number): Generator<string> {
  for (const { on, ...verdict } of verdicts)
    for (const release of someOf(on, index)) {
      const why = disagreement(probe, verdict, release);
      if (why !== undefined && !isKnown(probe, release))
        yield `${release}: ${JSON.stringify(probe.text)}: ${why}`;
    }
}
