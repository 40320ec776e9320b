import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pgconflint, scratch } from "../support/cli.ts";
import { root } from "../support/fixtures.ts";
import { tree } from "../support/tree.ts";

/** One clear line, exit code 2, no stack. */
function refuses(args: readonly string[], cwd: string, line: string): void {
  const { code, stdout, stderr } = pgconflint(args, { cwd });
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `pgconflint: ${line}\n` });
}

test("a path that is not there, which may be a command misspelt", () => {
  refuses(["nosuch.conf"], scratch(), "nosuch.conf: No such file or directory");
  refuses(["chek", "nosuch.conf"], scratch(), "chek: neither a command nor a file; did you mean check?");
});

test("a directory without any configuration", () =>
  refuses(
    ["."],
    scratch(),
    ".: none of postgresql.conf, pg_hba.conf, pg_ident.conf, pgbouncer.ini, userlist.txt is in it or below it; name other files one by one",
  ));

test("a device", () => refuses(["/dev/zero"], scratch(), "/dev/zero: not a regular file"));

test("a pipe that nobody writes to", () => {
  const cwd = scratch();
  execFileSync("mkfifo", [join(cwd, "postgresql.conf")]);
  refuses(["postgresql.conf"], cwd, "postgresql.conf: not a regular file");
});

test("a file that is too large to be a configuration", () => {
  const cwd = scratch();
  execFileSync("truncate", ["-s", "65M", join(cwd, "postgresql.conf")]);
  refuses(["postgresql.conf"], cwd, "postgresql.conf: larger than 64 MB, which is no configuration file");
});

/** Root may read everything; so nobody does. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

test("what may not be read is told in the system's words", () => {
  const cwd = tree({ "a/postgresql.conf": "port = 5432\n", "b/c/postgresql.conf": "" });
  chmodSync(cwd, 0o755);
  chmodSync(join(cwd, "a/postgresql.conf"), 0);
  chmodSync(join(cwd, "b"), 0);
  const run = (path: string) => pgconflint([path], { cwd, ...NOBODY });
  for (const [path, line] of [
    ["a/postgresql.conf", "a/postgresql.conf: Permission denied"],
    ["a", "a/postgresql.conf: Permission denied"],
    ["b", "b: Permission denied"],
    ["b/c", "b/c: Permission denied"],
    ["b/c/postgresql.conf", "b/c/postgresql.conf: Permission denied"],
  ] as const)
    expect(run(path), path).toEqual({ code: 2, stdout: "", stderr: `pgconflint: ${line}\n` });
});

test("what may not be searched below a directory is told, and the rest is checked", () => {
  const cwd = tree({ "pg_hba.conf": "local all all scram\n", "b/pg_hba.conf": "" });
  chmodSync(cwd, 0o755);
  chmodSync(join(cwd, "b"), 0);
  expect(pgconflint([".", "--format", "compact"], { cwd, ...NOBODY })).toEqual({
    code: 2,
    stdout: 'pg_hba.conf:1:15: error server/hba-unknown-method "scram" is no method.\n',
    stderr: "pgconflint: b: Permission denied; skipped\n",
  });
});

test("neighbours that may not be read do not keep the named file from being checked", () => {
  const cwd = tree({ "postgresql.conf": "", "pg_hba.conf": "local all all peer\n" });
  chmodSync(cwd, 0o755);
  chmodSync(join(cwd, "postgresql.conf"), 0);
  const { code, stderr } = pgconflint(["pg_hba.conf"], { cwd, ...NOBODY });
  expect([code, stderr]).toEqual([0, ""]);
});

test("standard input that is no text, or has no end", () => {
  const shell = (command: string) =>
    spawnSync("bash", ["-c", command], { cwd: root, encoding: "utf8", timeout: 20_000 });
  for (const [command, line] of [
    ["node bin/pgconflint.js - < /", "standard input: Is a directory"],
    [
      "node bin/pgconflint.js - < /dev/zero",
      "standard input: larger than 64 MB, which is no configuration file",
    ],
    ["yes | node bin/pgconflint.js -", "standard input: larger than 64 MB, which is no configuration file"],
  ] as const) {
    const { status, stdout, stderr } = shell(command);
    expect([status, stdout, stderr], command).toEqual([2, "", `pgconflint: ${line}\n`]);
  }
});

test("an output that cannot be written", () => {
  const full = spawnSync("bash", ["-c", "node bin/pgconflint.js rules > /dev/full"], {
    cwd: root,
    encoding: "utf8",
  });
  expect([full.status, full.stderr]).toEqual([
    2,
    "pgconflint: cannot write the output: No space left on device\n",
  ]);
  const cwd = tree({ "postgresql.conf": "" });
  refuses(
    ["--format", "json=nowhere/x.json"],
    cwd,
    "nowhere/x.json: cannot be written: No such file or directory",
  );
});

test("settings that name impossible paths", () => {
  const long = "x".repeat(5000);
  const cwd = tree({
    "postgresql.conf": `ssl = on\nssl_key_file = '${long}'\nhba_file = '${long}'\ndata_directory = '/${long}'\n`,
  });
  expect(pgconflint(["postgresql.conf", "--format", "compact"], { cwd })).toMatchObject({
    code: 0,
    stderr: "",
  });
});

test("unknown options and values get the nearest known one", () => {
  const cwd = scratch();
  refuses(["--formt", "json"], cwd, "unknown option --formt; did you mean --format?");
  refuses(
    ["--fail-on", "erorr"],
    cwd,
    "--fail-on erorr: not one of error, warning, info, never; did you mean error?",
  );
  refuses(
    ["--format", "xml"],
    cwd,
    "--format xml: not one of pretty, summary, compact, json, json-lines, sarif, github, azure, gitlab, junit, checkstyle, markdown, html",
  );
  refuses(["--postgres"], cwd, "--postgres needs a value; see pgconflint check --help");
  refuses(
    ["--postgres", "9.6", "-"],
    cwd,
    'PostgreSQL "9.6" is not known; say 10 to 18, or a minor release such as 16.4',
  );
  refuses(
    ["explain", "server/minimal-wall"],
    cwd,
    "server/minimal-wall is neither a rule nor a setting; did you mean server/minimal-wal?",
  );
});

test("a pgconflint.ini with a mistake names the line and the nearest key", () => {
  const cwd = tree({ "postgresql.conf": "", "pgconflint.ini": "[target]\npostgress = 16\n" });
  refuses([], cwd, 'pgconflint.ini:2:1: unknown key "postgress" in [target]; did you mean postgres?');
  refuses(["--config", "nosuch.ini"], cwd, "nosuch.ini: No such file or directory");
});

test("a release that nobody knows is told with where it stands", () => {
  const known = "say 10 to 18, or a minor release such as 16.4";
  const cwd = tree({
    "postgresql.conf": "# pgconflint: postgres=99\n",
    "old/postgresql.conf": "",
    "old/PG_VERSION": "9.6\n",
  });
  refuses(["postgresql.conf"], cwd, `postgresql.conf: PostgreSQL "99" is not known; ${known}`);
  refuses(["old"], cwd, `old/postgresql.conf: PG_VERSION beside it: PostgreSQL "9.6" is not known; ${known}`);
  expect(pgconflint(["old", "--postgres", "10"], { cwd }).code).toBe(0);
});

test("binary files, NUL bytes and broken UTF-8 get the server's verdict, without an escape sequence", () => {
  const cwd = scratch();
  const bytes = Buffer.from([
    0x7f, 0x45, 0x4c, 0x46, 0, 0, 0xff, 0xfe, 0x1b, 0x5b, 0x32, 0x4a, 0x0a, 0xe9, 0x20, 0x3d, 0x20, 0x31,
    0x0a,
  ]);
  writeFileSync(join(cwd, "postgresql.conf"), bytes);
  const { code, stdout } = pgconflint(["postgresql.conf"], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain("error[server/syntax-error]");
  expect(stdout.includes("\u001b")).toBe(false);
});

test("a large file is read in time", () => {
  const cwd = scratch();
  writeFileSync(
    join(cwd, "postgresql.conf"),
    `${"# a comment that fills the file with fifty characters\n".repeat(950_000)}port = 5433\n`,
  );
  const started = performance.now();
  expect(pgconflint(["postgresql.conf", "--format", "compact"], { cwd }).code).toBe(0);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test("include loops and chains of ten end with the server's own words", () => {
  const cwd = scratch();
  for (let at = 0; at <= 11; at++) writeFileSync(join(cwd, `${at}.conf`), `include '${at + 1}.conf'\n`);
  writeFileSync(join(cwd, "part.conf"), "include '0.conf'\n");
  writeFileSync(join(cwd, "12.conf"), "");
  const { code, stdout } = pgconflint(["part.conf", "--format", "compact"], { cwd });
  expect([code, stdout]).toEqual([
    1,
    "9.conf:1:9: error server/include-error 10.conf would be included more than 10 levels deep; files probably include each other.\n",
  ]);
});

test("an unreadable include is a finding, in the server's words", () => {
  const cwd = scratch();
  mkdirSync(join(cwd, "secret"));
  writeFileSync(join(cwd, "secret/a.conf"), "port = 5433\n");
  symlinkSync("nowhere", join(cwd, "dangling.conf"));
  writeFileSync(join(cwd, "postgresql.conf"), "include 'dangling.conf'\ninclude 'secret'\n");
  const { stdout } = pgconflint(["postgresql.conf", "--format", "json"], { cwd });
  const messages = JSON.parse(stdout).findings.flatMap(
    (finding: { server?: { message: string } }) => finding.server?.message ?? [],
  );
  expect(messages).toEqual([
    'could not open configuration file "dangling.conf": No such file or directory',
    'input in flex scanner failed at file "secret" line 1',
  ]);
});

test("a reader that goes away early is no error, and changes no exit code", () => {
  const run = (command: string) =>
    spawnSync("bash", ["-c", `set -o pipefail; ${command} | head -c 1 >/dev/null`], {
      cwd: root,
      encoding: "utf8",
    });
  const rules = run("node bin/pgconflint.js rules");
  expect([rules.status, rules.stderr]).toEqual([0, ""]);
  const check = run("node bin/pgconflint.js check fixtures/rules --follow=anywhere --format json");
  expect([check.status, check.stderr]).toEqual([1, ""]);
});
