// What a file, or its name, can do to a terminal or to the runner of a CI that reads the output: nothing.
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FORMATS } from "../report/support.ts";
import { pgconflint } from "../support/cli.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const NASTY = "\u001b[2J\u001b]8;;https://example.com\u0007\u009b31m\u202e\u2028\u007f::error::x";
/** Everything that is no text, but for line ends and tabs; JSON has line ends of its own only. */
const CONTROL = /[^\t\n\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const FILES = {
  [`${NASTY.replaceAll("/", "")}.conf`]: `port = ${NASTY}\n${NASTY}\nx${NASTY} = 1\n`,
  "postgresql.conf": `include_dir '.'\nwork_mem = '${NASTY}'\nlisten_addresses = '${NASTY}'\nb.c = '${NASTY}'\n`,
  "pg_hba.conf": `host "${NASTY}" "${NASTY}" all md5\nlocal all all ${NASTY}\ninclude "${NASTY}"\n`,
  "pgbouncer.ini": `[databases]\n${NASTY} = host=${NASTY}\n[pgbouncer]\n${NASTY} = 1\nauth_type = ${NASTY}\n`,
};

test.each([
  ...Object.keys(FORMATS).map((format) => ["check", "--format", format]),
  ["show", "--all"],
  ["show", "--format", "json"],
  ["hba", "list", "--postgres", "17"],
  ["hba", "list", "--format", "json"],
  ["hba", "match", "--user", NASTY],
  ["hba", "explain"],
  ["check", `--${NASTY}`],
  ["check", NASTY],
  ["check", "--format", NASTY],
  ["check", "--config", NASTY],
  ["explain", NASTY],
  ["hba", NASTY],
])("%s %s %s", async (...args) => {
  const { stdout, stderr } = await run(args, { cwd: tree(FILES), env: { LANG: "C.UTF-8" } });
  expect(stdout).not.toMatch(CONTROL);
  expect(stderr).not.toMatch(CONTROL);
  expect(`\n${args.includes("github") ? "" : stdout}\n${stderr}`).not.toContain("\n::");
});

test("a record of pg_hba.conf that people read has no control character", async () => {
  const cwd = tree({ "pg_hba.conf": `host all "${NASTY}" all md5\nlocal all all peer\n` });
  for (const command of [
    ["list"],
    ["match", "--user", "a"],
    ["explain"],
    ["diff", "pg_hba.conf", "pg_hba.conf"],
  ]) {
    const { stdout, stderr } = await run(["hba", ...command], { cwd });
    expect(stdout + stderr).not.toMatch(CONTROL);
  }
});

/** Root may search everything; so nobody does. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

test("the name of a directory that may not be searched", () => {
  const cwd = tree({ "postgresql.conf": "port = 5433\n" });
  chmodSync(cwd, 0o755);
  mkdirSync(join(cwd, "a\n::error::b"), { mode: 0 });
  expect(pgconflint([".", "--fail-on", "never"], { cwd, ...NOBODY }).stderr).toBe(
    "pgconflint: a\\x0a::error::b: Permission denied; skipped\n",
  );
});

test("a report as JSON means what the library returns", async () => {
  const cwd = tree({ "postgresql.conf": `work_mem = '${NASTY}'\n` });
  const { stdout } = await run(["--format", "json", "postgresql.conf"], { cwd });
  const [finding] = JSON.parse(stdout).findings.filter(({ rule }: { rule: string }) =>
    rule.startsWith("server/"),
  );
  expect(finding.server.message).toContain(NASTY);
});
