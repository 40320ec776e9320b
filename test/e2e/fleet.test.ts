import { spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import schema from "../../docs/report-lines.schema.json" with { type: "json" };
import { directoryOf, writeFleet } from "../../scripts/bench/fleet-tree.ts";
import { FORMATS } from "../../src/cli/options.ts";
import { pgconflint, scratch } from "../support/cli.ts";
import { root } from "../support/fixtures.ts";
import { tree } from "../support/tree.ts";

const bin = join(root, "bin/pgconflint.js");

/** So many servers, one of which nobody can judge. */
function fleetWithOneBroken(servers: number): { cwd: string; broken: string } {
  const cwd = scratch();
  writeFleet(cwd, servers);
  const broken = directoryOf(5);
  writeFileSync(join(cwd, broken, "postgresql.conf"), "# pgconflint: memory=lots\n");
  return { cwd, broken };
}
const UNREAD = (broken: string) =>
  `${broken}/postgresql.conf: memory=lots in a comment is not a size, such as 32GB`;

test("however many threads, every format has the same bytes", () => {
  const { cwd, broken } = fleetWithOneBroken(80);
  const everything = (jobs: string) => {
    const formats = FORMATS.flatMap((name) => ["--format", `${name}=${jobs}.${name}`]);
    const { code, stdout, stderr } = pgconflint(["--jobs", jobs, ...formats], { cwd });
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: "",
      stderr: `pgconflint: ${UNREAD(broken)}\n`,
    });
    return FORMATS.map((name) => readFileSync(join(cwd, `${jobs}.${name}`), "utf8"));
  };
  const alone = everything("1");
  expect(alone.every((text) => text.length > 1000)).toBe(true);
  expect(everything("2")).toEqual(alone);
  expect(everything("7")).toEqual(alone);
});

test("memory does not grow with the number of servers", () => {
  const cwd = scratch();
  // 300 kB of comments in each: together more than may be kept.
  const comments = `# ${"x".repeat(998)}\n`.repeat(300);
  const servers = 200;
  for (let at = 0; at < servers; at++) writeFileSync(inNew(cwd, `db-${at}`), `${comments}fsync = maybe\n`);
  for (const jobs of ["1", "2"]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--max-old-space-size=40", bin, "--format", "compact", "--jobs", jobs],
      { cwd, encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout.match(/fsync is on or off/g)).toHaveLength(servers);
  }
});

function inNew(cwd: string, directory: string): string {
  spawnSync("mkdir", ["-p", join(cwd, directory)]);
  return join(cwd, directory, "postgresql.conf");
}

describe("json-lines", () => {
  const lines = (stdout: string) =>
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));

  test("is one line for each server, with what --format json has, and a sum", () => {
    const { cwd, broken } = fleetWithOneBroken(12);
    const { code, stdout } = pgconflint(["--format", "json-lines"], { cwd });
    const all = lines(stdout);
    const validate = new Ajv({ strict: true, strictTypes: false }).compile(schema);
    for (const line of all) expect(validate(line), JSON.stringify(validate.errors)).toBe(true);
    expect(code).toBe(2);
    expect(all.slice(0, -1).map(({ server }) => server)).toEqual(
      Array.from({ length: 12 }, (_, at) => directoryOf(at)).sort(),
    );
    expect(all.find(({ server }) => server === broken)).toEqual({
      schema: 1,
      server: broken,
      error: UNREAD(broken),
    });

    const path = directoryOf(3);
    const { server, ...report } = all.find((line) => line.server === path);
    expect(report).toEqual(JSON.parse(pgconflint([path, "--format", "json"], { cwd }).stdout));

    const judged = all.filter(({ findings }) => findings);
    const sum = (count: (line: Record<string, never[]>) => number) =>
      judged.reduce((total, line) => total + count(line), 0);
    expect(all.at(-1).total).toMatchObject({
      servers: 12,
      notChecked: 1,
      files: sum(({ files }) => files?.length ?? 0),
      findings: sum(({ findings }) => findings?.length ?? 0),
    });
  });
});

describe("a server that cannot be judged", () => {
  test("is told in its place, and the others are judged", () => {
    const cwd = tree({
      "a/postgresql.conf": "fsync = maybe\n",
      "b/PG_VERSION": "9.6\n",
      "b/postgresql.conf": "port = 1\n",
      "c/pg_hba.conf": "local all all scram\n",
    });
    const { code, stdout, stderr } = pgconflint(["--format", "compact"], { cwd });
    expect([code, stderr]).toEqual([
      2,
      'pgconflint: b/postgresql.conf: PG_VERSION beside it: PostgreSQL "9.6" is not known; say 10 to 18, or a minor release such as 16.4\n',
    ]);
    expect(stdout.match(/^\S+ error .*$/gm)).toEqual([
      'a/postgresql.conf:1:9: error server/invalid-boolean fsync is on or off, not "maybe".',
      'c/pg_hba.conf:1:15: error server/hba-unknown-method "scram" is no method.',
    ]);
    expect(pgconflint([], { cwd }).stdout).toMatch(/ in 2 files: .*, 1 server not checked\n$/);
    const printed = (format: string) => pgconflint(["--format", format], { cwd }).stdout;
    for (const format of ["markdown", "html"]) expect(printed(format)).toContain(", 1 server not checked");
    const [{ executionSuccessful, toolExecutionNotifications }] = JSON.parse(printed("sarif")).runs[0]
      .invocations;
    expect(executionSuccessful).toBe(false);
    expect(toolExecutionNotifications[0].message.text).toContain("PG_VERSION beside it");
    expect(printed("junit")).toMatch(/<testsuite name="b" tests="1" failures="0" errors="1" skipped="0">/);
  });

  test("does not make a mistake in the command line one of each server", () => {
    const cwd = tree({ "a/postgresql.conf": "", "b/postgresql.conf": "", "b/pgbouncer.ini": "" });
    expect(pgconflint(["--postgres", "9"], { cwd }).stderr).toBe(
      'pgconflint: PostgreSQL "9" is not known; say 10 to 18, or a minor release such as 16.4\n',
    );
    expect(pgconflint(["--pgbouncer", "1.2"], { cwd }).stderr.match(/\n/g)).toHaveLength(1);
  });
});

test("a report for people ends with a table where there are more than ten servers", () => {
  const cwd = tree(
    Object.fromEntries(
      Array.from({ length: 11 }, (_, at) => [`db-${at}/pg_hba.conf`, "local all all scram\n"]),
    ),
  );
  const table = `11 servers: 11 with errors

Worst servers                                          errors  warnings     info
--------------------------------------------------------------------------------
${["0", "1", "10", "2", "3", "4", "5", "6", "7", "8"].map((name) => `db-${name.padEnd(57)}1         0        0\n`).join("")}
Commonest errors and warnings                          servers   share  findings
--------------------------------------------------------------------------------
error    server/hba-unknown-method                          11  100.0%        11
`;
  const env = { LANG: "C" };
  const end = /^11 findings \(11 errors; 11 fixable with --fix\) in 11 files: .*\n$/;
  const whole = pgconflint([], { cwd, env }).stdout;
  const [findings = "", last = ""] = whole.split(`\n${table}\n`);
  expect(findings.match(/^error\[/gm)).toHaveLength(11);
  expect(last).toMatch(end);
  const summary = pgconflint(["--format", "summary"], { cwd, env }).stdout;
  expect(summary).toBe(`${table}\n${last}`);
  expect(pgconflint(["db-0", "--format", "summary"], { cwd, env }).stdout).toContain(
    "1 server: 1 with errors",
  );
  rmSync(join(cwd, "db-0"), { recursive: true });
  expect(pgconflint([], { cwd, env }).stdout).not.toContain("Worst servers");
  expect(pgconflint(["--format", "markdown"], { cwd, env }).stdout).not.toContain("Worst servers");
});

test.each([["0"], ["two"], ["-1"]])("--jobs=%s is refused in one line", (jobs) => {
  expect(pgconflint([`--jobs=${jobs}`, "fixtures/servers/clean"])).toEqual({
    code: 2,
    stdout: "",
    stderr: `pgconflint: --jobs ${jobs}: not a number of threads, such as 4\n`,
  });
});

test("a reader that goes away ends the run, without a word", () => {
  const cwd = scratch();
  writeFleet(cwd, 120);
  for (const jobs of ["1", "2"]) {
    const { stdout, stderr } = spawnSync(
      "bash",
      ["-c", `node ${bin} --format json-lines --jobs ${jobs} | head -n 1; echo $\{PIPESTATUS[0]}`],
      { cwd, encoding: "utf8" },
    );
    const [first = "", code] = stdout.split("\n");
    expect([JSON.parse(first).server, code, stderr]).toEqual([directoryOf(0), "1", ""]);
  }
});

test.each([["1"], ["2"]])("Ctrl-C ends a run with --jobs %s", async (jobs) => {
  const cwd = scratch();
  writeFleet(cwd, 150);
  const run = spawn(process.execPath, [bin, "--format", "compact", "--jobs", jobs], { cwd });
  run.stdout.once("data", () => run.kill("SIGINT"));
  const signal = await new Promise((resolve) => {
    run.once("exit", (_code, its) => resolve(its));
  });
  expect(signal).toBe("SIGINT");
});
