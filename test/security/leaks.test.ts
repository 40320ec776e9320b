// Where a secret could get out besides a report: errors, differences, baselines, timings, internal errors.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const SECRET = "Hun7erGath3rer";
const FILES = {
  "postgresql.conf": [
    `primary_conninfo = 'host=a password=${SECRET} port=54x2'`,
    `archive_command = 'PGPASSWORD=${SECRET} psql'`,
    `ssl_passphrase_command = 'echo ${SECRET}'`,
    `my.password = '${SECRET}'`,
    "work_mem = 64 MB",
    "",
  ].join("\n"),
  "pg_hba.conf": [
    `host all all 10.0.0.0/8 ldap ldapserver=h ldapbindpasswd=${SECRET}`,
    `host all all 10.0.0.0/8 radius radiusservers=h radiussecrets="${SECRET}"`,
    "",
  ].join("\n"),
  "bad/pg_hba.conf": `host all all 10.0.0.0/33 ldap ldapserver=h ldapbindpasswd="${SECRET} x"\n`,
  "quoted/pg_hba.conf": `"rohost all all radius radiussecrets="${SECRET}" radiusports=x\n`,
  "pgbouncer.ini": `[databases]\na = host=h password=${SECRET} prot=1\n[pgbouncer]\nauth_file = userlist.txt\n`,
  "userlist.txt": `"a" "${SECRET}"\n"b" ${SECRET}\n`,
  "roles.json": `${SECRET}`,
};

const HOST = ["--memory", "8GB", "--cpus", "2"];
test.each([
  [["--format", "html", "--format", "sarif=out.sarif"]],
  [["--fix", "--diff"]],
  [["--fix=unsafe", "--diff", "--profile", "strict"]],
  [["--timing"]],
  [["--baseline", "known.json", "--update-baseline"]],
  [["show", "--all", "postgresql.conf"]],
  [["tune", "--diff", "postgresql.conf", ...HOST]],
  [["tune", "--apply", "postgresql.conf", ...HOST]],
  [["tune", "--format", "json", "postgresql.conf", ...HOST]],
  [["hba", "list", "bad"]],
  [["hba", "match", "--user", "a", "bad"]],
  [["hba", "match", "--user", "a", "quoted"]],
  [["hba", "match", "--user", "a", "pg_hba.conf", "--roles", "roles.json"]],
  [["hba", "match", "--user", "a", "--address", "10.1.2.3", "pg_hba.conf"]],
  [["hba", "explain", "bad"]],
  [["hba", "explain", "quoted"]],
  [["hba", "diff", "pg_hba.conf", "bad/pg_hba.conf"]],
  [["hba", "diff", "quoted/pg_hba.conf", "pg_hba.conf"]],
  [["--config", "userlist.txt"]],
  [["--config", "pgbouncer.ini"]],
  [["--baseline", "userlist.txt"]],
])("%j", async (args) => {
  const cwd = tree(FILES);
  const { code, stdout, stderr } = await run(args, { cwd, env: { PGCONFLINT_DEBUG: "1" } });
  expect(code).not.toBe(3);
  expect(stdout + stderr).not.toContain(SECRET);
  for (const written of ["out.sarif", "known.json"]) {
    const option = args.find((word) => word.endsWith(written));
    if (option) expect(readFileSync(join(cwd, written), "utf8")).not.toContain(SECRET);
  }
});

test("a roles file that is no JSON is told by its place, and not quoted", async () => {
  const cwd = tree({ "pg_hba.conf": "local all all peer\n", "roles.json": "root:x:0:0" });
  const { code, stderr } = await run(["hba", "match", "--user", "a", "--roles", "roles.json"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^pgconflint: roles\.json: not JSON(?: at position 0.*)?\n$/);
});

test("an internal error shows no secret either, and no escape sequence", async () => {
  let stderr = "";
  const code = await main(["show"], {
    stdout() {
      throw new Error(`cannot print primary_conninfo = 'password=${SECRET}' \u001b[2J`);
    },
    stderr(text) {
      stderr += text;
    },
    stdin: () => new Uint8Array(),
    env: { PGCONFLINT_DEBUG: "1" },
    cwd: tree({ "postgresql.conf": "port = 5433\n" }),
    isTerminal: () => false,
  });
  expect(code).toBe(3);
  expect(stderr).toContain("this is a bug, please report it");
  expect(stderr).toContain("password=***");
  expect(stderr).not.toContain(SECRET);
  expect(stderr).not.toContain("\u001b");
});
