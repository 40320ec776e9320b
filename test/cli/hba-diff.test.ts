import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/fixtures.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

/** Runs the command among these files. */
const runIn = (words: string, files: Record<string, string>) => run(words.split(" "), { cwd: tree(files) });

const diff = (old: string, now: string, words = "") =>
  runIn(`hba diff old_hba.conf new_hba.conf${words}`, { "old_hba.conf": old, "new_hba.conf": now });

const NOTHING = { code: 0, stderr: "", stdout: "The same connections get in, the same way.\n" };

test("the guide shows what is printed", async () => {
  const fixture = (name: string) => readFileSync(join(root, "fixtures/access", name), "utf8");
  const { code, stdout } = await runIn("hba diff pg_hba.conf pg_hba.conf.new", {
    "pg_hba.conf": fixture("pg_hba.conf"),
    "pg_hba.conf.new": fixture("pg_hba.conf.new"),
  });
  expect(code).toBe(1);
  const guide = readFileSync(join(root, "docs/guide/who-gets-in.md"), "utf8").replace(/^ {4}/gm, "");
  expect(guide).toContain(stdout);
});

describe("the same way in, written in another way", () => {
  test.each([
    [
      "halves of a network",
      "host all all 10.0.0.0/8 md5",
      "host all all 10.0.0.0/9 md5\nhost all all 10.128.0.0/9 md5",
    ],
    ["with TLS and without", "host all all all md5", "hostssl all all all md5\nhostnossl all all all md5"],
    ["a line that was never used", "host all all all md5\nhost all bob all trust", "host all all all md5"],
    ["a reject where no line was", "host all bob all md5", "host all bob all md5\nhost all all all reject"],
    [
      "another order of two that have nothing in common",
      "host a all all md5\nhost b all all trust",
      "host b all all trust\nhost a all all md5",
    ],
    ["a mask for a length", "host all all 10.0.0.0/8 md5", "host all all 10.0.0.0 255.0.0.0 md5"],
    [
      "a role and its members apart",
      "host all +staff,bob all md5",
      "host all bob all md5\nhost all +staff all md5",
    ],
    [
      "a default that is written out",
      "hostssl all all all cert",
      "hostssl all all all cert clientcert=verify-full",
    ],
    [
      "options in another order",
      "host all all all ldap ldapserver=a ldapprefix=b",
      "host all all all ldap ldapprefix=b ldapserver=a",
    ],
  ])("%s", async (_, old, now) => {
    expect(await diff(`${old}\n`, `${now}\n`)).toEqual(NOTHING);
    expect(await diff(`${now}\n`, `${old}\n`)).toEqual(NOTHING);
  });
});

describe("what changes", () => {
  test("a line that moves before another", async () => {
    const lines = ["host all mallory 10.0.0.0/8 reject", "host all all 10.0.0.0/8 md5"];
    const { code, stdout } = await diff(lines.join("\n"), lines.toReversed().join("\n"));
    expect(code).toBe(1);
    expect(stdout).toBe(`old_hba.conf to new_hba.conf: new access: 1

New access: mallory to all from 10.0.0.0/8
  before  reject (line 1)
  after   md5 (line 1)
  such as mallory to database somewhere from 10.0.0.1 with TLS
`);
  });

  test("what is open without a password stands first", async () => {
    const { stdout } = await diff(
      "host all app all md5\nhost all old all md5\n",
      "host all app all scram-sha-256\nhost all ops 10.0.0.0/8 scram-sha-256\nhost all all 10.9.0.0/16 trust\n",
    );
    expect(stdout.split("\n").filter((line) => /^[A-Z]/.test(line))).toEqual([
      "New access: anybody to all from 10.9.0.0/16 (in part)",
      "New access: ops to all from 10.0.0.0/8",
      "Another method: old to all from 10.9.0.0/16",
      "Another method: app to all from any address",
      "No access any more: old to all from any address (in part)",
    ]);
  });

  test("the name of a role, a host or a network says what is taken for granted", async () => {
    const { stdout } = await diff(
      "host all +staff all md5\nhost a all db.example.com md5\n",
      "host all bob all md5\nhost all all samenet md5\n",
    );
    expect(stdout.split("\n").filter((line) => line.startsWith("  such as"))).toEqual([
      "  such as bob to database somewhere from 192.0.2.1 with TLS, unless bob is a member of staff",
      "  such as someone to database somewhere from 192.0.2.1 (where the server has 192.0.2.0/24) with TLS",
      "  such as staff_member (a member of staff) to database somewhere from 192.0.2.1 with TLS, unless 192.0.2.1 is in a network of the server",
      "  such as someone to database a from 192.0.2.1 (whose name is db.example.com) with TLS, unless 192.0.2.1 is in a network of the server",
    ]);
  });

  test("another secret is told, and no secret is", async () => {
    const line = (secret: string) =>
      `host all all 10.0.0.0/8 ldap ldapserver=a ldapbasedn="dc=x" ldapbindpasswd=${secret}\n`;
    const { code, stdout } = await diff(line("hunter2"), line("correcthorse"));
    expect(code).toBe(1);
    expect(stdout).toBe(`old_hba.conf to new_hba.conf: another method or option: 1

Other options: anybody to all from 10.0.0.0/8
  before  ldap (line 1)
  after   ldap (line 1), with another secret
  such as someone to database somewhere from 10.0.0.1 with TLS
`);
    const json = (await diff(line("hunter2"), line("correcthorse"), " --format json")).stdout;
    expect(json).not.toMatch(/hunter2|correcthorse/);
  });

  test("JSON has the columns, both treatments and the connection", async () => {
    const { code, stdout } = await diff(
      "local all all peer\n",
      "local all all peer map=m\n",
      " --format json",
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      before: "old_hba.conf",
      after: "new_hba.conf",
      server: "PostgreSQL 18",
      changes: [
        {
          change: "differs",
          from: ["socket"],
          users: ["all"],
          databases: ["all"],
          encryption: "needless",
          before: { method: "peer", options: [], lines: [{ path: "old_hba.conf", line: 1 }] },
          after: { method: "peer", options: ["map=m"], lines: [{ path: "new_hba.conf", line: 1 }] },
          secret: false,
          partly: false,
          witness: {
            user: "someone",
            database: "somewhere",
            address: null,
            tls: false,
            gss: false,
            roles: { someone: { memberOf: [] } },
            interfaces: [],
            hostnames: {},
          },
          unless: [],
        },
      ],
    });
  });

  test("PgBouncer's lines are read as PgBouncer reads them", async () => {
    const words = " --dialect pgbouncer";
    expect(await diff("host all +staff 10.0.0.0/8 md5\n", "local all all reject\n", words)).toEqual(NOTHING);
    const { stdout } = await diff(
      "host all all 10.0.0.0/8 md5\n",
      "host sameuser all 10.0.0.0/8 md5\n",
      words,
    );
    expect(stdout).toContain("No access any more: anybody to all from 10.0.0.0/8 (in part)\n");
  });
});

test("a thousand lines that are written anew are compared in two seconds of a CPU", async () => {
  const lines = Array.from(
    { length: 1000 },
    (_, at) => `host db${at % 50} user${at % 300} 10.${at % 200}.${at % 250}.0/24 md5`,
  );
  const start = process.cpuUsage();
  expect(await diff(lines.join("\n"), lines.toReversed().join("\n"))).toEqual(NOTHING);
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(2000);
});

test.each([
  ["hba diff a_hba.conf", "hba diff: say which two files, pgconflint hba diff OLD NEW"],
  ["hba diff a_hba.conf missing.conf", "missing.conf: No such file or directory"],
  ["hba diff a_hba.conf other/postgresql.conf", "hba diff: there is no pg_hba.conf in other/postgresql.conf"],
  [
    "hba diff a_hba.conf bad_hba.conf",
    'bad_hba.conf: PostgreSQL 18 does not load it: line 1: invalid connection type "hots"',
  ],
  [
    "hba diff radius_hba.conf a_hba.conf",
    'radius_hba.conf: PostgreSQL 18 does not load it: line 1: could not parse RADIUS secret list "***,,"',
  ],
  [
    "hba diff a_hba.conf pooler",
    "hba diff: a_hba.conf is for PostgreSQL 18, pooler/rules for PgBouncer 1.25; --dialect says how to read both",
  ],
])("%s: one line, and exit code 2", async (words, said) => {
  const files = {
    "a_hba.conf": "local all all peer\n",
    "bad_hba.conf": "hots all all all md5\n",
    "radius_hba.conf": 'host all all all radius radiusservers=127.0.0.1 radiussecrets="hunter2xyzzy,,"\n',
    "other/postgresql.conf": "work_mem = 4MB\n",
    "pooler/pgbouncer.ini": "[pgbouncer]\nauth_type = hba\nauth_hba_file = pooler/rules\n",
    "pooler/rules": "local all all trust\n",
  };
  expect(await runIn(words, files)).toEqual({ code: 2, stdout: "", stderr: `pgconflint: ${said}\n` });
});
