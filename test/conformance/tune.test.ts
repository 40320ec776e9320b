import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sample } from "../../scripts/conformance/probe.ts";
import { answer, complaints, wrongIn } from "../../scripts/conformance/tune-claims.ts";
import { grid } from "../../scripts/conformance/tune-grid.ts";
import { openTuned } from "../../scripts/conformance/tune-oracle.ts";
import { initdb } from "../../scripts/servers/cluster.ts";
import { RELEASES, serverAvailable } from "../../scripts/servers/releases.ts";
import { NEWEST } from "../../src/catalog/version.ts";
import { tune } from "../../src/index.ts";

const MAJORS = [...RELEASES.keys()];
const pointsOf = (major: number, count: number) => sample([...grid(major)], count, major);

test.each(MAJORS)("40 configurations of the grid for PostgreSQL %d hold what they promise", (major) => {
  const wrong = pointsOf(major, 40).flatMap((point) => wrongIn(point, answer(point).tuning));
  expect(wrong).toEqual([]);
});

test.each(MAJORS)("check has nothing to say of 15 of them for PostgreSQL %d", (major) => {
  const wrong = pointsOf(major, 15).flatMap((point) => complaints(point, answer(point).tuning));
  expect(wrong).toEqual([]);
});

// `npm run conformance` asks all of them about all hosts.
describe.each([Math.min(...MAJORS), NEWEST])("PostgreSQL %d", (major) => {
  const { release, reason } = { reason: "", ...serverAvailable(major) };
  let oracle: Awaited<ReturnType<typeof openTuned>> | undefined;
  beforeAll(async () => {
    if (release) oracle = await openTuned(release);
  }, 60_000);
  afterAll(() => oracle?.close());

  test.runIf(release)(
    `takes 30 of them, and as much shared memory as they say${reason && `; skipped: ${reason}`}`,
    { timeout: 120_000 },
    async () => {
      if (!oracle) throw new Error("there is no data directory");
      const wrong: string[] = [];
      for (const point of pointsOf(major, 30)) wrong.push(...(await oracle.wrong(answer(point))));
      expect(wrong).toEqual([]);
    },
  );
});

const { release: newest } = serverAvailable(NEWEST);
test.runIf(newest)(
  `PostgreSQL ${NEWEST} starts with the values for a small host`,
  { timeout: 60_000 },
  async () => {
    if (!newest) return;
    const { changes } = tune({ host: { memory: 512 * 1024 ** 2, cpus: 1, disk: "ssd" }, workload: "web" });
    const data = await initdb(newest);
    data.write("postgresql.conf", changes.map(({ name, value }) => `${name} = ${value}\n`).join(""));
    const running = await data.start();
    const client = await running.connect();
    const rows = await client.rows(
      "SELECT name, setting FROM pg_settings WHERE source = 'configuration file'",
    );
    client.close();
    await running.stop();
    data.remove();
    const set = rows.map(({ name }) => name);
    expect(set).toEqual(expect.arrayContaining(changes.map(({ name }) => name)));
  },
);
