import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disagreement } from "../../scripts/conformance/compare.ts";
import { openConf } from "../../scripts/conformance/conf-oracle.ts";
import { confProbes } from "../../scripts/conformance/conf-probes.ts";
import { openHba } from "../../scripts/conformance/hba-oracle.ts";
import { hbaProbes } from "../../scripts/conformance/hba-probes.ts";
import { isKnown } from "../../scripts/conformance/known.ts";
import { installedPooler, judgePooler } from "../../scripts/conformance/pooler-oracle.ts";
import { poolerProbes } from "../../scripts/conformance/pooler-probes.ts";
import { type Probe, sample, type Verdict } from "../../scripts/conformance/probe.ts";
import { type Release, serverAvailable } from "../../scripts/servers/releases.ts";
import { NEWEST } from "../../src/catalog/version.ts";

const { release, reason } = { reason: "", ...serverAvailable(NEWEST) };

interface Oracle {
  judge(probe: Probe): Promise<Verdict>;
  close(): void | Promise<void>;
}

async function hold(oracle: Pick<Oracle, "judge">, probes: readonly Probe[], on: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const probe of probes) {
    if (isKnown(probe, on)) continue;
    const why = disagreement(probe, await oracle.judge(probe), on);
    if (why !== undefined) wrong.push(`${JSON.stringify(probe.text)}: ${why}`);
  }
  return wrong;
}

const suites: readonly [string, (release: Release) => Promise<Oracle>, () => Iterable<Probe>][] = [
  ["postgresql.conf", openConf, confProbes],
  ["pg_hba.conf", openHba, hbaProbes],
];

describe.runIf(release)(`PostgreSQL ${NEWEST} agrees${reason && `; skipped: ${reason}`}`, () => {
  describe.each(suites)("on %s", (_name, open, probes) => {
    let oracle: Oracle | undefined;
    beforeAll(async () => {
      if (release) oracle = await open(release);
    }, 60_000);
    afterAll(() => oracle?.close());

    test("150 probes, as it runs", { timeout: 120_000 }, async () => {
      if (!oracle) throw new Error("the server did not start");
      expect(await hold(oracle, sample([...probes()], 150, 7), String(NEWEST))).toEqual([]);
    });
  });
});

const pooler = installedPooler();
test.runIf(pooler)(
  `PgBouncer ${pooler ?? "(skipped: none is installed)"} agrees on 60 probes`,
  { timeout: 120_000 },
  async () => {
    expect(await hold({ judge: judgePooler }, sample([...poolerProbes()], 60, 7), pooler ?? "")).toEqual([]);
  },
);
