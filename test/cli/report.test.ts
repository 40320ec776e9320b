import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

/** A folder with the reports of two hosts, as check --format json has written them there. */
async function reports(): Promise<string> {
  const cwd = tree({
    "one/postgresql.conf": "shared_buffers = 4gb\nfsync = off\n",
    "two/etc/pg_hba.conf": "local all all peer\n",
    "two/etc/postgresql.conf": "port = 5433\n",
  });
  const { code } = await run(["check", ".", "--format", `json=${cwd}/db1.json`], { cwd: join(cwd, "one") });
  expect(code).toBe(1);
  await run(["check", join(cwd, "two"), "--format", `json=${cwd}/db2.json`, "--fail-on", "never"], { cwd });
  return cwd;
}

const report = (cwd: string, words: string) => run(["report", ...words.split(" ")], { cwd });

test("a table of hosts, the worst first", async () => {
  const cwd = await reports();
  const { code, stdout, stderr } = await report(cwd, "db2=db2.json db1=db1.json");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toMatch(
    /^HOST {2}ERRORS {2}WARNINGS {2}INFO {2}WORST\ndb1 {3}2 .* server\/invalid-number: shared_buffers\ndb2 {3}0 .*\n\n2 errors, \d+ warnings?, \d+ info on 2 hosts\n$/,
  );
});

test("the files of each host are below its name, in every format", async () => {
  const cwd = await reports();
  const words = "db1=db1.json db2=db2.json --format json=all.json --format sarif=all.sarif --format compact";
  const { stdout } = await report(cwd, words);
  expect(stdout).toMatch(/^db1\/postgresql\.conf:1:18: error server\/invalid-number /m);
  const all = JSON.parse(readFileSync(join(cwd, "all.json"), "utf8"));
  expect(all.files.map(({ path }: { path: string }) => path)).toEqual([
    "db1/postgresql.conf",
    `db2${cwd}/two/etc/postgresql.conf`,
    `db2${cwd}/two/etc/pg_hba.conf`,
  ]);
  const { fix } = all.findings.find(({ rule }: { rule: string }) => rule === "server/invalid-number");
  expect(fix.edits[0].path).toBe("db1/postgresql.conf");
  const [first] = JSON.parse(readFileSync(join(cwd, "all.sarif"), "utf8")).runs[0].results;
  expect(first.locations[0].physicalLocation.artifactLocation).toEqual({
    uri: "db1/postgresql.conf",
    uriBaseId: "%SRCROOT%",
  });
});

test("one report without a name is printed as it was", async () => {
  const cwd = await reports();
  const { stdout } = await report(cwd, "db1.json --format json");
  expect(stdout).toBe(readFileSync(join(cwd, "db1.json"), "utf8"));
});

test("--fail-on says what makes the exit code 1", async () => {
  const cwd = await reports();
  expect((await report(cwd, "db1.json --fail-on never")).code).toBe(0);
  expect((await report(cwd, "db2.json")).code).toBe(0);
  expect((await report(cwd, "db2.json --fail-on info")).code).toBe(1);
});

test.each([
  ["a.json", "a.json: No such file or directory"],
  ["db1=text", "text: not JSON; pgconflint check --format json=FILE writes a report"],
  ["other.json", "other.json: not a report of pgconflint; check --format json=FILE writes one"],
  ["half.json", "half.json: not a report of pgconflint; check --format json=FILE writes one"],
  [
    "db1.json --format html",
    "--format html: not one of table, compact, json, sarif, github, gitlab, junit, checkstyle",
  ],
])("%s: one line, and exit code 2", async (words, said) => {
  const half = {
    schema: 1,
    tool: { name: "pgconflint", version: "1" },
    target: {},
    files: [],
    suppressed: 0,
    summary: {},
  };
  const cwd = tree({
    text: "hello",
    "other.json": "[]",
    "half.json": JSON.stringify({ ...half, findings: [{ rule: "a/b", severity: "dire" }] }),
  });
  expect(await report(cwd, words)).toEqual({ code: 2, stdout: "", stderr: `pgconflint: ${said}\n` });
});

test("without a file it says what it wants", async () => {
  expect((await run(["report"])).stderr).toBe(
    "pgconflint: report: say which, pgconflint report [NAME=]FILE.json, as check --format json=FILE wrote it\n",
  );
});
