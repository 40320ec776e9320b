// What is too much: one line with what, where and what to do, in time, and nothing cut without a word.
import { expect, test } from "vitest";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const refused = (stderr: string) => ({ code: 2, stdout: "", stderr: `pgconflint: ${stderr}\n` });

test.each([
  ["postgresql.conf", "include 'NEXT'\n", []],
  ["pg_hba.conf", "include NEXT\n", ["--postgres", "17"]],
  ["pg_hba.conf", "local all @NEXT md5\n", ["--postgres", "17"]],
  ["pgbouncer.ini", "%include NEXT\n", []],
])("%s: files that name each other in a tree of %j", async (main, line, args) => {
  const files = Array.from({ length: 6 }, (_, at) => [
    `${at}`,
    (main === "pg_hba.conf" && line.startsWith("local") ? "@NEXT\n" : line)
      .replace("NEXT", `${at + 1}`)
      .repeat(20),
  ]);
  const cwd = tree({ ...Object.fromEntries(files), [main]: line.replace("NEXT", "0"), "6": "" });
  const { code, stdout, stderr } = await run([main, ...args], { cwd });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^pgconflint: \d+: included too often; look for files that include each other\n$/);
});

test("more findings than anybody reads", async () => {
  const cwd = tree({ "postgresql.conf": "port = x\n".repeat(60_000) });
  expect(await run(["postgresql.conf"], { cwd })).toEqual(
    refused("postgresql.conf: more than 50000 findings; this is hardly a configuration file"),
  );
});

test("more files than any server has", async () => {
  const cwd = tree({
    "postgresql.conf": Array.from({ length: 20_001 }, (_, at) => `include_if_exists 'x${at}'\n`).join(""),
  });
  expect(await run(["postgresql.conf"], { cwd })).toEqual(
    refused("x19999: with this file more than 20000 would be read; name fewer"),
  );
});

test("a message stays short however long the line is, and so does the report", async () => {
  const cwd = tree({ "pgbouncer.ini": `[pgbouncer]\nlisten_addr = ${"(a,".repeat(20_000)}\n` });
  const { stdout } = await run(["pgbouncer.ini", "--format", "json", "--fail-on", "never"], { cwd });
  const { findings }: { findings: { message: string; current?: string; server?: { message: string } }[] } =
    JSON.parse(stdout);
  expect(findings.length).toBeGreaterThan(0);
  for (const { message, current = "", server } of findings)
    for (const text of [message, current, server?.message ?? ""])
      expect(text.length).toBeLessThanOrEqual(2000);
});

test.each([
  ["@file with 300,000 names", { "pg_hba.conf": "local all @names md5\n", names: "a\n".repeat(300_000) }],
  ["a name of 300,000 characters", { "pg_hba.conf": `local all ${"é".repeat(300_000)} md5\n` }],
  ["a value of 300,000 characters", { "postgresql.conf": `cluster_name = 'a\\303${"é".repeat(300_000)}'\n` }],
  [
    "100,000 databases",
    {
      "pgbouncer.ini": `[databases]\n${Array.from({ length: 100_000 }, (_, at) => `d${at} = host=h\n`).join("")}`,
    },
  ],
])("%s", async (_, files) => {
  const { code, stderr } = await run([".", "--fail-on", "never", "--format", "compact"], {
    cwd: tree(files),
  });
  expect([code, stderr]).toEqual([0, ""]);
});
