import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Dice } from "../../scripts/conformance/dice.ts";
import { openMatch } from "../../scripts/conformance/match-oracle.ts";
import { serverAvailable } from "../../scripts/servers/releases.ts";
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
});
