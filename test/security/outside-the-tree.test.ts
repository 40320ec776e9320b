// What a pull request can have read and shown of the machine that checks it: nothing.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { FORMATS } from "../report/support.ts";
import { pgconflint, type Result } from "../support/cli.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const WORD = "Gr0undhog";
const OUTSIDE = {
  "machine/notes.conf": `${WORD} is not for you\nport = ${WORD}\n`,
  "machine/conf.d/a.conf": `work_mem = ${WORD}\n`,
  "machine/users": `"${WORD}" "${WORD}" x\n`,
  "machine/PG_VERSION": `${WORD}\n`,
  "machine/postgresql.auto.conf": `${WORD}\n`,
};
/** A machine with a repository on it; `at` is where the repository's files are told from. */
function machine(files: Readonly<Record<string, string>>): { cwd: string; other: string } {
  const top = tree({
    ...OUTSIDE,
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`repository/${path}`, text])),
  });
  mkdirSync(join(top, "repository/.git"));
  return { cwd: join(top, "repository"), other: join(top, "machine") };
}

const shows = ({ stdout, stderr }: Pick<Result, "stdout" | "stderr">) =>
  stdout.includes(WORD) || stderr.includes(WORD);
const ALL = [
  ...Object.keys(FORMATS).map((format) => ["check", "--format", format]),
  ["show", "--all"],
  ["hba", "list", "--postgres", "17"],
  ["hba", "explain", "--postgres", "17"],
  ["hba", "match", "--user", "a", "--postgres", "17"],
  ["tune", "--memory", "8GB", "--cpus", "2", "--diff", "."],
];

test.each([
  ["include", { "postgresql.conf": "include '../machine/notes.conf'\n" }],
  ["an absolute include", { "postgresql.conf": "include 'MACHINE/notes.conf'\n" }],
  ["include_if_exists", { "postgresql.conf": "include_if_exists 'MACHINE/notes.conf'\n" }],
  ["include_dir", { "postgresql.conf": "include_dir 'MACHINE/conf.d'\n" }],
  ["data_directory", { "postgresql.conf": "data_directory = 'MACHINE'\n" }],
  ["hba_file", { "postgresql.conf": "hba_file = 'MACHINE/notes.conf'\nident_file = 'MACHINE/users'\n" }],
  ["@file", { "pg_hba.conf": "host all @MACHINE/notes.conf all md5\nhost @../machine/users all all md5\n" }],
  ["include in pg_hba.conf", { "pg_hba.conf": "include MACHINE/notes.conf\ninclude_dir MACHINE/conf.d\n" }],
  ["pg_ident.conf", { "pg_hba.conf": "local all all peer\n", "pg_ident.conf": "include MACHINE/users\n" }],
  ["%include", { "pgbouncer.ini": "%include MACHINE/notes.conf\n[pgbouncer]\n" }],
  [
    "auth_file",
    {
      "pgbouncer.ini":
        "[pgbouncer]\nauth_type = hba\nauth_file = MACHINE/users\nauth_hba_file = MACHINE/notes.conf\nauth_ident_file = MACHINE/users\n",
    },
  ],
] satisfies [string, Record<string, string>][])(
  "%s shows nothing of it, by any command",
  async (_, files) => {
    const { cwd, other } = machine({ "postgresql.conf": "", ...files });
    for (const [path, text] of Object.entries(files))
      writeFileSync(join(cwd, path), text.replaceAll("MACHINE", other));
    for (const args of ALL) expect([args, shows(await run(args, { cwd }))]).toEqual([args, false]);
  },
);

test("an include that leads out is told, and decides nothing", () => {
  const { cwd } = machine({ "postgresql.conf": "include '../machine/notes.conf'\n" });
  expect(pgconflint(["--format", "compact"], { cwd })).toEqual({
    code: 0,
    stdout:
      "postgresql.conf:1:9: info server/include-error ../machine/notes.conf is outside of the repository, so it was not read, and what it sets is not known here; --follow=anywhere reads it.\n",
    stderr:
      "pgconflint: ../machine/notes.conf: outside of the repository, so it is not read; --follow=anywhere reads it\n",
  });
});

test("who gets in is not answered where it would depend on such a file", () => {
  const { cwd } = machine({ "pg_hba.conf": "host all @../machine/users all md5\n" });
  for (const args of [
    ["hba", "match", "--user", "a"],
    ["hba", "explain"],
    ["hba", "diff", "pg_hba.conf", "pg_hba.conf"],
  ])
    expect(pgconflint(args, { cwd })).toEqual({
      code: 2,
      stdout: "",
      stderr: "pgconflint: ../machine/users: outside of the repository; --follow=anywhere reads it\n",
    });
  const list = pgconflint(["hba", "list"], { cwd });
  expect([list.code, list.stderr]).toEqual([
    0,
    "pgconflint: ../machine/users: outside of the repository, so it is not read; --follow=anywhere reads it\n",
  ]);
});

test("--follow=anywhere reads it", () => {
  const { cwd } = machine({ "postgresql.conf": "include '../machine/notes.conf'\n" });
  expect(pgconflint(["--follow", "anywhere", "--format", "compact"], { cwd }).stdout).toContain(WORD);
});

test("links lead nowhere else either, whether they are named or found", () => {
  const { cwd, other } = machine({ "a/pg_hba.conf": "" });
  symlinkSync(join(other, "notes.conf"), join(cwd, "a/postgresql.conf"));
  symlinkSync(other, join(cwd, "etc"));
  symlinkSync(join(other, "users"), join(cwd, "pgconflint.ini"));
  const stderr = (words: string) => ({ code: 2, stdout: "", stderr: `pgconflint: ${words}\n` });
  const outside = "outside of the repository; --follow=anywhere reads it";
  const link = "a link that leads out of the repository; name the file with --config";
  expect(pgconflint(["a"], { cwd })).toEqual(stderr(`pgconflint.ini: ${link}`));
  expect(pgconflint(["a/postgresql.conf", "--config", "a/pg_hba.conf"], { cwd })).toEqual(
    stderr(`a/postgresql.conf: ${outside}`),
  );
  expect(pgconflint(["a", "--config", "a/pg_hba.conf"], { cwd })).toEqual(
    stderr(`a/postgresql.conf: ${outside}`),
  );
  expect(pgconflint(["etc", "--config", "a/pg_hba.conf"], { cwd })).toEqual(stderr(`etc: ${outside}`));
  expect(pgconflint(["etc/notes.conf", "--config", "a/pg_hba.conf"], { cwd })).toEqual(
    stderr(`etc/notes.conf: ${outside}`),
  );
});

test("a link within the repository is followed, and so is a repository behind a link", () => {
  const { cwd } = machine({ "real.conf": "port = x\n" });
  symlinkSync("real.conf", join(cwd, "postgresql.conf"));
  symlinkSync(cwd, join(dirname(cwd), "by-link"));
  for (const where of [cwd, join(dirname(cwd), "by-link")])
    expect(pgconflint(["postgresql.conf", "--format", "compact"], { cwd: where }).stdout).toContain(
      "postgresql.conf:1:8: error server/invalid-number port = x: this is not a number.\n",
    );
});

test("on a server, where nothing is in a repository, files lead anywhere", () => {
  const cwd = tree({
    "etc/postgresql.conf": "",
    "data/PG_VERSION": "16\n",
    "data/postgresql.auto.conf": "port = x\n",
  });
  const main = tree({ "postgresql.conf": `data_directory = '${join(cwd, "data")}'\n` });
  const { stdout } = pgconflint([main, "--format", "compact"], { cwd });
  expect(stdout).toContain("data/postgresql.auto.conf:1:8: error server/invalid-number");
});

test("a CI without a repository stays in the working directory", () => {
  const cwd = tree({ "a/postgresql.conf": "include '../../x.conf'\n", "b.conf": "port = x\n" });
  const env = { CI: "true" };
  const { stdout } = pgconflint(["a", "--format", "compact"], { cwd, env });
  expect(stdout).toContain("../../x.conf is outside of the repository".slice(3));
  expect(pgconflint(["--follow", "anywhere", "a", "--format", "compact"], { cwd, env }).stdout).toContain(
    "does not exist",
  );
});
