import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { pgconflint, scratch } from "../support/cli.ts";
import { root } from "../support/fixtures.ts";
import { tree } from "../support/tree.ts";

const shop = "fixtures/servers/shop";

describe("check", () => {
  test("the sample server, one line a finding", async () => {
    const { code, stdout, stderr } = pgconflint(["check", shop, "--format", "compact"]);
    expect([code, stderr]).toEqual([1, ""]);
    await expect(stdout).toMatchFileSnapshot(join(root, "fixtures/servers/shop.compact.txt"));
  });

  test("the sample server for people, in ASCII", async () => {
    const { stdout } = pgconflint(["check", shop], { env: { LANG: "C" } });
    // A new rule that finds nothing here is no news.
    const masked = stdout.replace(` ${rules.length} rules,`, " all rules,");
    await expect(masked).toMatchFileSnapshot(join(root, "fixtures/servers/shop.pretty.txt"));
  });

  test("a server without mistakes", () => {
    expect(pgconflint(["check", "fixtures/servers/clean"])).toEqual({
      code: 0,
      stderr: "",
      stdout: `0 findings in 4 files: 16 settings, ${rules.length} rules, PostgreSQL 18 (from PG_VERSION), PgBouncer 1.25 (the newest, as nothing says otherwise)\n`,
    });
  });

  test("JSON fits its schema, and nothing else is on standard output", () => {
    const schema = JSON.parse(readFileSync(join(root, "docs/report.schema.json"), "utf8"));
    const validate = new Ajv({ strict: true }).compile(schema);
    for (const path of [shop, "fixtures/rules"]) {
      const { stdout } = pgconflint(["check", path, "--format", "json"], { maxBuffer: 1e8 });
      expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  test("several formats at once", () => {
    const cwd = scratch();
    writeFileSync(join(cwd, "pg_hba.conf"), "local all all scram\n");
    const { stdout } = pgconflint(["--format", "compact", "--format", "json=out.json"], { cwd });
    expect(stdout).toBe('pg_hba.conf:1:15: error server/hba-unknown-method "scram" is no method.\n');
    expect(JSON.parse(readFileSync(join(cwd, "out.json"), "utf8")).summary).toEqual({
      error: 1,
      warning: 0,
      info: 0,
    });
  });

  test("a file on standard input", () => {
    const { code, stdout } = pgconflint(["-", "--stdin-filename", "pg_hba.conf", "--format", "compact"], {
      input: "local all all scram\n",
    });
    expect([code, stdout]).toEqual([
      1,
      'pg_hba.conf:1:15: error server/hba-unknown-method "scram" is no method.\n',
    ]);
  });

  test("a named file is judged among its neighbours, and only it is reported", () => {
    const cwd = tree({
      "postgresql.conf": "ssl = off\nfsync = maybe\ninclude_dir 'conf.d'\n",
      "conf.d/a.conf": "fsync = perhaps\n",
      "pg_hba.conf": "hostssl all all all md5\n",
      "pgconflint.ini": "[rules]\naccess/* = off\nbackup/* = off\nlogging/* = off\nnetwork/* = off\n",
    });
    const hba =
      "pg_hba.conf:1:1: warning server/hba-cannot-match ssl is off, so this hostssl record never matches.\n";
    const main =
      "postgresql.conf:2:1: info server/duplicate-setting fsync = maybe has no effect; conf.d/a.conf:1 sets perhaps.\n";
    const fragment = 'conf.d/a.conf:1:9: error server/invalid-boolean fsync is on or off, not "perhaps".\n';
    const check = (...files: string[]) => pgconflint([...files, "--format", "compact"], { cwd }).stdout;
    expect(check("pg_hba.conf")).toBe(hba);
    expect(check("conf.d/a.conf")).toBe(fragment);
    // What a named file includes is a part of it, and is told once, named or not.
    expect(check("postgresql.conf")).toBe(main + fragment);
    expect(check("conf.d/a.conf", "pg_hba.conf", "postgresql.conf")).toBe(main + hba + fragment);
    expect(check("conf.d/a.conf", "pg_hba.conf")).toBe(hba + fragment);
    expect(check(".", "conf.d/a.conf")).toBe(check("."));
  });

  test("--fail-on decides about the exit code", () => {
    const cwd = scratch();
    writeFileSync(join(cwd, "postgresql.conf"), "huge_pages = on\n");
    const codes = ["error", "warning", "info", "never"].map(
      (least) => pgconflint(["--fail-on", least], { cwd }).code,
    );
    expect(codes).toEqual([0, 1, 1, 0]);
  });

  test("the release comes from the flag, pgconflint.ini, a comment, PG_VERSION, the path, in that order", () => {
    const cwd = scratch();
    const versionOf = (...args: string[]) => {
      const { postgres } = JSON.parse(pgconflint([...args, "--format", "json"], { cwd }).stdout).target;
      return `${postgres.version} ${postgres.from}`;
    };
    writeFileSync(join(cwd, "postgresql.conf"), "port = 5432\n");
    expect(versionOf()).toBe("18 default");
    writeFileSync(join(cwd, "PG_VERSION"), "13\n");
    expect(versionOf()).toBe("13 PG_VERSION");
    writeFileSync(join(cwd, "postgresql.conf"), "# pgconflint: postgres=14\nport = 5432\n");
    expect(versionOf()).toBe("14 comment");
    writeFileSync(join(cwd, "pgconflint.ini"), "[target]\npostgres = 15\n");
    expect(versionOf()).toBe("15 pgconflint.ini");
    expect(versionOf("--postgres", "16.4")).toBe("16.4 --postgres");
  });
});

test("secrets reach no output", () => {
  const cwd = scratch();
  const secret = "hunter2xyzzy";
  writeFileSync(
    join(cwd, "postgresql.conf"),
    `primary_conninfo = host=10.0.0.1 password=${secret}\nrestore_command = 'curl https://backup:${secret}@10.0.0.1/%f'\nport = password=${secret}\nssl_passphrase_command = echo ${secret}\n`,
  );
  writeFileSync(
    join(cwd, "pg_hba.conf"),
    `host all all 10.0.0.0/8 ldap ldapserver=x ldapbindpasswd=${secret} ldapbasedn=y nope=1\nhost all all 10.0.0.0/8 radius radiusservers=127.0.0.1 radiussecrets=a,${secret}\n`,
  );
  writeFileSync(
    join(cwd, "pgbouncer.ini"),
    `[databases]\nshop = host=h password=${secret} nope=1\n[pgbouncer]\nauth_file = userlist.txt\n`,
  );
  writeFileSync(join(cwd, "userlist.txt"), `"app" "${secret}"\n"half" "${secret}\n`);
  for (const format of ["pretty", "compact", "json"]) {
    const { stdout, stderr } = pgconflint(["--format", format], { cwd });
    expect(stdout.length).toBeGreaterThan(100);
    expect(stdout + stderr).not.toContain(secret);
  }
  for (const args of [
    ["show"],
    ["show", "--format", "json"],
    ["hba", "list"],
    ["hba", "list", "--format", "json"],
  ])
    expect(pgconflint(args, { cwd }).stdout).not.toContain(secret);
});

test("no colour unless it is asked for, and NO_COLOR wins", () => {
  const args = ["check", shop, "--color"];
  expect(pgconflint(["check", shop]).stdout).not.toContain("\u001b[");
  expect(pgconflint(args).stdout).toContain("\u001b[31m");
  expect(pgconflint(args, { env: { NO_COLOR: "1" } }).stdout).not.toContain("\u001b[");
});

test("--help has an example, for the program and for each command", () => {
  for (const args of [
    ["--help"],
    ["check", "--help"],
    ["show", "-h"],
    ["hba", "--help"],
    ["rules", "--help"],
    ["explain", "--help"],
  ]) {
    const { code, stdout, stderr } = pgconflint(args);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Examples:");
  }
  expect(pgconflint(["--version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
