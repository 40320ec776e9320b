import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pgconflint, scratch } from "../support/cli.ts";

/** One clear line, exit code 2, no stack. */
function refuses(args: readonly string[], cwd: string, line: string): void {
  const { code, stdout, stderr } = pgconflint(args, { cwd });
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `pgconflint: ${line}\n` });
}

test("a path that is not there", () => refuses(["nosuch"], scratch(), "nosuch: no such file or directory"));

test("a directory without any configuration", () =>
  refuses(
    ["."],
    scratch(),
    ".: there is no postgresql.conf, pg_hba.conf, pg_ident.conf, pgbouncer.ini or userlist.txt below it",
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

test("a file that may not be read", () => {
  const cwd = scratch();
  writeFileSync(join(cwd, "postgresql.conf"), "port = 5432\n", { mode: 0 });
  chmodSync(cwd, 0o755);
  const root = process.getuid?.() === 0;
  const { code, stderr } = pgconflint(["postgresql.conf"], { cwd, ...(root && { uid: 65534, gid: 65534 }) });
  expect([code, stderr]).toEqual([2, "pgconflint: postgresql.conf: Permission denied\n"]);
});

test("unknown options and values get the nearest known one", () => {
  const cwd = scratch();
  refuses(["--formt", "json"], cwd, "unknown option --formt; did you mean --format?");
  refuses(
    ["--fail-on", "erorr"],
    cwd,
    "--fail-on erorr: not one of error, warning, info, never; did you mean error?",
  );
  refuses(["--format", "xml"], cwd, "--format xml: not one of pretty, compact, json");
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
  const cwd = scratch();
  writeFileSync(join(cwd, "postgresql.conf"), "port = 5432\n");
  writeFileSync(join(cwd, "pgconflint.ini"), "[target]\npostgress = 16\n");
  refuses([], cwd, 'pgconflint.ini:2:1: unknown key "postgress" in [target]; did you mean postgres?');
  writeFileSync(join(cwd, "pgconflint.ini"), "[taget]\npostgres = 16\n");
  refuses([], cwd, "pgconflint.ini:1:2: unknown section [taget]; did you mean target?");
  writeFileSync(join(cwd, "pgconflint.ini"), "[target]\npostgres = sixteen\n");
  refuses(
    [],
    cwd,
    "pgconflint.ini:2:1: postgres = sixteen is not a release from 10 to 18, such as 16 or 16.4",
  );
  writeFileSync(join(cwd, "pgconflint.ini"), "[__proto__]\npolluted = 1\n");
  refuses([], cwd, "pgconflint.ini:1:1: this name is not allowed");
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
  writeFileSync(join(cwd, "postgresql.conf"), "include '0.conf'\n");
  writeFileSync(join(cwd, "12.conf"), "");
  const { code, stdout } = pgconflint(["postgresql.conf", "--format", "compact"], { cwd });
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
  const messages = JSON.parse(stdout).findings.map(
    (finding: { server: { message: string } }) => finding.server.message,
  );
  expect(messages).toEqual([
    'could not open configuration file "dangling.conf": No such file or directory',
    'input in flex scanner failed at file "secret" line 1',
  ]);
});

test("a reader that goes away early is no error", () => {
  const run = execFileSync(
    "bash",
    ["-c", "set -o pipefail; node bin/pgconflint.js rules | head -n 1; echo $?"],
    { encoding: "utf8" },
  );
  expect(run.trim().split("\n").at(-1)).toBe("0");
});
