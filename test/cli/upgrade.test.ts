import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/fixtures.ts";
import { run } from "../support/run.ts";

const cwd = join(root, "fixtures/recipes/upgrade");
const upgrade = (...argv: string[]) => run(["upgrade", "etc/postgresql/13/main", ...argv], { cwd });

test("what the next release refuses makes the exit code 1, and is only what is new", async () => {
  const { code, stdout } = await upgrade("--to", "14");
  expect(code).toBe(1);
  expect(stdout.split("\n").slice(0, 10)).toEqual([
    "etc/postgresql/13/main/postgresql.conf: from PostgreSQL 13 to 14",
    "",
    "PostgreSQL 14 does not start before these are changed: 2",
    "  etc/postgresql/13/main/postgresql.conf:7  server/removed-setting",
    "      vacuum_cleanup_index_scale_factor was removed after PostgreSQL 13; PostgreSQL 14 does not",
    "      start with it. Remove it; B-tree indexes decide by themselves.",
    "  etc/postgresql/13/main/postgresql.conf:12  server/invalid-enum",
    '      password_encryption takes one of md5, scram-sha-256, and "on" is not one of them.',
    "",
    "Left at a default that changes: 2",
  ]);
});

test("files that both releases take", async () => {
  const { code, stdout } = await run(
    ["upgrade", join(root, "fixtures/recipes/audit/etc/postgresql/17/main"), "--to", "18"],
    { cwd },
  );
  expect(code).toBe(0);
  expect(stdout).toContain("PostgreSQL 18 starts with these files, as far as files tell.\n");
});

test("json has the same, with the findings as check prints them", async () => {
  const [server] = JSON.parse((await upgrade("--to", "15", "--format", "json")).stdout);
  expect(server).toMatchObject({ file: "etc/postgresql/13/main/postgresql.conf", from: "13", to: "15" });
  expect(server.refused.map(({ line }: { line: number }) => line)).toEqual([7, 8, 12]);
  expect(server.defaults.map(({ name }: { name: string }) => name)).toContain("hash_mem_multiplier");
});

test.each([
  [
    ["--to", "13"],
    "etc/postgresql/13/main/postgresql.conf: is for PostgreSQL 13 already (path); --to says which release is to come, --postgres which it is today",
  ],
  [["--to", "soon"], "soon"],
])("%j is told in one line", async (argv, message) => {
  const { code, stdout, stderr } = await upgrade(...argv);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain(message);
});
