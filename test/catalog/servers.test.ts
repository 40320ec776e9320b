import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DataDirectory, initdb, type Running } from "../../scripts/servers/cluster.ts";
import { debianServer, serverAvailable } from "../../scripts/servers/releases.ts";
import { settingIn, settingsOf } from "../../src/catalog/postgres.ts";
import { NEWEST } from "../../src/catalog/version.ts";

const version = { major: NEWEST, minor: null };
const { release } = serverAvailable(NEWEST);

describe.skipIf(release === null)(`a real server of PostgreSQL ${NEWEST}`, () => {
  let directory: DataDirectory;
  let running: Running;

  beforeAll(async () => {
    if (release === null) return;
    directory = await initdb(release);
    running = await directory.start();
  }, 30_000);

  afterAll(async () => {
    await running.stop();
    directory.remove();
  });

  it("lists the settings of the catalog", async () => {
    const client = await running.connect();
    const rows = await client.rows("SELECT name, vartype, context, unit, boot_val FROM pg_settings");
    client.close();
    const listed = settingsOf(version).filter(
      ({ module, flags }) => !module && !flags.includes("NO_SHOW_ALL"),
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(listed.map(({ name }) => name).sort());
    for (const { name, vartype, context, unit } of rows)
      expect(settingIn(version, name ?? "")).toMatchObject({ type: vartype, context, unit });
  });

  it("refuses a bad value in its own words, with its program alone", async () => {
    directory.write("postgresql.conf", "work_mem = 1KB\n");
    const { code, stderr } = await directory.describe("work_mem");
    expect(code).toBe(1);
    expect(stderr).toContain('invalid value for parameter "work_mem": "1KB"');
    directory.write("postgresql.conf", "Work_Mem = 1MB\n");
    expect(await directory.describe("work_mem")).toMatchObject({ code: 0, stdout: "1024\n" });
  });

  it("answers with rows, notices and errors", async () => {
    const client = await running.connect();
    expect(await client.rows("SELECT 1 AS one, NULL AS nothing, 'ü' AS text")).toEqual([
      { one: "1", nothing: null, text: "ü" },
    ]);
    const noted = await client.ask("DO $$ BEGIN RAISE NOTICE 'hello' USING HINT = 'world'; END $$");
    expect(noted.notices).toEqual([{ severity: "NOTICE", message: "hello", hint: "world" }]);
    expect((await client.ask("SELECT 1/0")).error).toEqual({
      severity: "ERROR",
      message: "division by zero",
    });
    await expect(client.rows("SELECT nope")).rejects.toThrow('column "nope" does not exist');
    client.close();
  });

  it("says why it does not start", async () => {
    await expect(directory.start(["-c", "port=banana"])).rejects.toThrow(
      'invalid value for parameter "port"',
    );
  });
});

const debian = debianServer(15);

it.skipIf(debian === null)("knows the words that only Debian's build has", async () => {
  if (debian === null) return;
  const directory = await initdb(debian);
  const running = await directory.start();
  const client = await running.connect();
  const rows = await client.rows(
    "SELECT name, array_to_json(enumvals) AS words FROM pg_settings WHERE vartype = 'enum'",
  );
  client.close();
  await running.stop();
  directory.remove();
  for (const { name, words } of rows) {
    const known = settingIn({ major: 15, minor: null }, name ?? "");
    expect([...(known?.values ?? []), ...(known?.buildValues ?? [])], name ?? "").toEqual(
      expect.arrayContaining(JSON.parse(words ?? "[]")),
    );
  }
});

it("says why there is no server of a major", () => {
  expect(serverAvailable(9)).toEqual({ release: null, reason: "there is no server for PostgreSQL 9" });
});
