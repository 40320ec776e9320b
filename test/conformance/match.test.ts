import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disagreement } from "../../scripts/conformance/compare.ts";
import { Dice } from "../../scripts/conformance/dice.ts";
import { searches } from "../../scripts/conformance/expressions.ts";
import { openMap } from "../../scripts/conformance/map-oracle.ts";
import { mapProbes } from "../../scripts/conformance/map-probes.ts";
import { openMatch } from "../../scripts/conformance/match-oracle.ts";
import { matchProbes, randomMatchProbes } from "../../scripts/conformance/match-probes.ts";
import { sample } from "../../scripts/conformance/probe.ts";
import { serverAvailable } from "../../scripts/servers/releases.ts";
import { firstCapture, found } from "../../src/access/regex-search.ts";
import { regexTree } from "../../src/access/regex-tree.ts";
import { NEWEST } from "../../src/catalog/version.ts";
import { readHba } from "../../src/cluster/hba.ts";
import { HbaReach } from "../../src/cluster/hba-reach.ts";
import { fileSet } from "../../src/text/files.ts";
import { sourceOf } from "../../src/text/source.ts";

const { release, reason } = { reason: "", ...serverAvailable(NEWEST) };

const TYPES = ["local", "host", "hostssl", "hostnossl"];
const DATABASES = ["all", "all", "app", "app,app_1", "sameuser", "replication"];
const USERS = ["all", "all", "u", "m,u", "nobody"];
// Where a client on this machine can come from.
const ADDRESSES = [
  "127.0.0.0/8",
  "127.0.0.0/9",
  "127.128.0.0/9",
  "127.0.0.1/32",
  "127.0.0.1 255.0.0.255",
  "::1/128",
];

function file(dice: Dice): string {
  const records = dice.times(2, 7, () => {
    const type = dice.pick(TYPES);
    const address = type === "local" ? [] : [dice.pick(ADDRESSES)];
    return [type, dice.pick(DATABASES), dice.pick(USERS), ...address, "password"].join(" ");
  });
  return `${records.join("\n")}\n`;
}

describe.runIf(release)(`PostgreSQL ${NEWEST} agrees${reason && `; skipped: ${reason}`}`, () => {
  let oracle: Awaited<ReturnType<typeof openMatch>> | undefined;
  beforeAll(async () => {
    if (release) oracle = await openMatch(release);
  }, 60_000);
  afterAll(() => oracle?.close());

  test("on the record that a connection hits, 150 of them", { timeout: 120_000 }, async () => {
    if (!oracle) throw new Error("the server did not start");
    const wrong: string[] = [];
    let hits = 0;
    for (const probe of [...sample([...matchProbes()], 100, 7), ...randomMatchProbes(50, 7)]) {
      const verdict = await oracle.judge(probe);
      hits += Number(verdict.hit !== undefined);
      const why = disagreement(probe, verdict, String(NEWEST));
      if (why !== undefined) wrong.push(`${JSON.stringify([probe.text, probe.connection])}: ${why}`);
    }
    expect(wrong).toEqual([]);
    expect(hits).toBeGreaterThan(30);
  });

  test("that the witness of a line hits it, in 40 files", { timeout: 120_000 }, async () => {
    if (!oracle) throw new Error("the server did not start");
    const dice = new Dice(11);
    let asked = 0;
    for (let round = 0; round < 40; round++) {
      const text = file(dice);
      const source = sourceOf("pg_hba.conf", text);
      const version = { major: NEWEST, minor: null };
      const facts = { version, ssl: true, oauthLibraries: "", userNamespace: false };
      const reach = new HbaReach(readHba(fileSet([source]), source, facts));
      for (const [index, { line }] of reach.lines.entries()) {
        const verdict = reach.verdict(index);
        if (verdict.kind !== "alive" || verdict.witness.gss) continue;
        const { user, database, address, tls, replication } = verdict.witness;
        const connection = { user, database, address, tls, ...(replication && { replication }) };
        const { hit } = await oracle.judge({ suite: "match", group: "witness", text, connection });
        expect(hit, `${text}${JSON.stringify(connection)}`).toBe(`pg_hba.conf:${line.record.line}`);
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(80);
  });

  test("on where expressions are found, and what they capture, 3,000 of them", async () => {
    if (!oracle) throw new Error("the server did not start");
    const tally = { found: 0, captured: 0, beyond: 0 };
    for (const { expression, name, ...theirs } of await searches(oracle.client, 3000, 7)) {
      const tree = regexTree(expression);
      if (theirs.found === null) continue;
      if ("beyond" in tree) {
        tally.beyond++;
        continue;
      }
      expect(found(tree, name), `/${expression} in ${JSON.stringify(name)}`).toBe(theirs.found);
      if (!theirs.found) continue;
      tally.found++;
      // Without a group regexp_match() gives all of the match.
      const captured = JSON.stringify(tree).includes('"group"') ? firstCapture(tree, name) : undefined;
      if (captured === undefined) continue;
      tally.captured++;
      expect(captured, `the group of /${expression} in ${JSON.stringify(name)}`).toBe(theirs.captured);
    }
    expect(tally.found).toBeGreaterThan(500);
    expect(tally.captured).toBeGreaterThan(20);
    expect(tally.beyond).toBeLessThan(20);
  });

  test("on whom pg_ident.conf lets in, 60 times", { timeout: 60_000 }, async () => {
    if (!release) throw new Error("there is no server");
    const peers = await openMap(release);
    try {
      const wrong: string[] = [];
      for (const probe of sample([...mapProbes()], 60, 7)) {
        const why = disagreement(probe, await peers.judge(probe), String(NEWEST));
        if (why !== undefined) wrong.push(`${JSON.stringify(probe.text)}: ${why}`);
      }
      expect(wrong).toEqual([]);
    } finally {
      await peers.close();
    }
  });
});
