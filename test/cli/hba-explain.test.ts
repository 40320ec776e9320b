import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/fixtures.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

/** Runs the command among these files. */
const hba = (words: string, files: Record<string, string>) =>
  run(["hba", ...words.split(" ")], { cwd: tree(files) });

const explained = async (lines: string, files: Record<string, string> = {}, words = "explain pg_hba.conf") =>
  (await hba(words, { "pg_hba.conf": lines, ...files })).stdout;

const fixture = (name: string) => readFileSync(join(root, "fixtures/access", name), "utf8");
const guide = readFileSync(join(root, "docs/guide/who-gets-in.md"), "utf8").replace(/^ {4}/gm, "");

test("the guide shows what is printed", async () => {
  const { code, stdout } = await hba("explain pg_hba.conf", { "pg_hba.conf": fixture("pg_hba.conf") });
  expect(code).toBe(0);
  expect(guide).toContain(fixture("pg_hba.conf"));
  expect(guide).toContain(stdout);
});

describe("what is printed", () => {
  test("of the file that a package brings: two rows, and nobody without a proof", async () => {
    const stock = `local   all             postgres                                peer
local   all             all                                     peer
host    all             all             127.0.0.1/32            scram-sha-256
host    all             all             ::1/128                 scram-sha-256
local   replication     all                                     peer
host    replication     all             127.0.0.1/32            scram-sha-256
host    replication     all             ::1/128                 scram-sha-256
`;
    expect(await explained(stock)).toBe(`pg_hba.conf: 7 lines as PostgreSQL 18 reads them

Nobody gets in without a password.

With strong proof
  FROM                   WHO      DATABASE          METHOD         TLS  LINE
  this machine (socket)  anybody  all, replication  peer           -    1, 2 and 5
  this machine (TCP)     anybody  all, replication  scram-sha-256  -    3, 4, 6 and 7

Everybody else is turned away, as no line takes them.
`);
  });

  test("nobody is left over where the lines take everybody", async () => {
    const text = await explained("local all,replication all trust\nhost all,replication all all trust\n");
    expect(text).toBe(`pg_hba.conf: 2 lines as PostgreSQL 18 reads them

Without a password
  FROM                   WHO      DATABASE          METHOD  TLS       LINE
  any address            anybody  all, replication  trust   optional  2
      such as someone to database somewhere from 192.0.2.1 with TLS
  this machine (socket)  anybody  all, replication  trust   -         1
      such as someone to database somewhere over the Unix socket

Nobody else is left: the lines take every connection.
`);
  });

  test("the settings shut lines out: TLS is off, and nobody gets to it from elsewhere", async () => {
    const text = await explained(
      "hostssl all all all scram-sha-256\nhost all all 10.0.0.0/8 trust\nhost all bob all md5\n",
      { "postgresql.conf": "ssl = off\nlisten_addresses = 'localhost'\n" },
      "explain .",
    );
    expect(text).toBe(`pg_hba.conf: 3 lines as PostgreSQL 18 reads them

Nobody gets in without a password.

With weak proof
  md5: it takes MD5 secrets, and who has seen such a hash has no need of the password
  FROM                WHO  DATABASE  METHOD  TLS  LINE
  this machine (TCP)  bob  all       md5     -    3

Everybody else is turned away, as no line takes them.

Never used
  line 1  hostssl all all all scram-sha-256: ssl is off
  line 2  host all all 10.0.0.0/8 trust: nobody gets that far: listen_addresses = 'localhost'
`);
  });

  test("the server's own words first where it does not load the file", async () => {
    const { code, stdout } = await hba("explain pg_hba.conf", {
      "pg_hba.conf": "local all all peer\nhots all all all trust\n",
    });
    expect(code).toBe(2);
    expect(stdout).toBe(`PostgreSQL 18 does not load pg_hba.conf: line 2: invalid connection type "hots"
It does not start with the file, and one that runs goes on with what it read before.

Without what is wrong, it would say:

Nobody gets in without a password.

With strong proof
  FROM                   WHO      DATABASE  METHOD  TLS  LINE
  this machine (socket)  anybody  all       peer    -    1

Everybody else is turned away, as no line takes them.
`);
  });

  test("what a witness depends on", async () => {
    const text = await explained("host all +staff all reject\nhost all bob 10.0.0.0/8 trust\n");
    expect(text).toContain(
      "such as bob to database somewhere from 10.0.0.1 with TLS, unless bob is a member of staff\n",
    );
  });

  test("no secret, and no sign that moves the cursor", async () => {
    const lines = `host all "b\u001bob" all ldap ldapserver=ldap.example.com ldapbasedn="dc=x" ldapbindpasswd=hunter2\n`;
    const json = (await hba("explain pg_hba.conf --format json", { "pg_hba.conf": lines })).stdout;
    const text = await explained(lines);
    expect(text).toContain("b\\x1bob");
    expect(text + json).not.toContain("hunter2");
    expect(text).not.toContain("\u001b");
  });
});

describe("PgBouncer", () => {
  const INI =
    "[databases]\n* = host=10.0.0.5\n[pgbouncer]\nauth_type = hba\nauth_hba_file = hba.conf\nlisten_addr = *\n";

  test("has its own words", async () => {
    const { code, stdout } = await hba("explain .", {
      "pgbouncer.ini": INI,
      "hba.conf":
        "local all all trust\nhost all +staff all md5\nhost sameuser all 10.0.0.0/8 scram-sha-256\nhostssl all all all md5\n",
    });
    expect(code).toBe(0);
    expect(stdout).toBe(`hba.conf: 3 lines as PgBouncer 1.25 reads them

Without a password
  FROM                   WHO      DATABASE  METHOD         TLS   LINE
  this machine (socket)  anybody  all       trust          -     1
      such as someone to database somewhere over the Unix socket

With strong proof
  FROM                   WHO      DATABASE  METHOD         TLS   LINE
  10.0.0.0/8             anybody  sameuser  scram-sha-256  none  3

Everybody else is turned away, as no line takes them.

Never used
  line 2  PgBouncer drops it: PgBouncer knows no memberships, so not "+staff"
  line 4  hostssl all all all md5: client_tls_sslmode = disable
`);
  });

  test("in front of a server says who its clients are", async () => {
    const { stdout } = await hba("explain pg_hba.conf pgbouncer.ini", {
      "pg_hba.conf": "host all all 10.0.0.7/32 scram-sha-256\n",
      "pgbouncer.ini": "[databases]\n* = host=10.0.0.5\n[pgbouncer]\nauth_type = any\n",
    });
    expect(stdout).toContain(
      "PgBouncer (pgbouncer.ini) stands in front: its clients come from where PgBouncer runs, and who they are is up to its auth_type = any.\n",
    );
  });

  test("without its file is told so", async () => {
    expect(await hba("explain pgbouncer.ini", { "pgbouncer.ini": INI })).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "pgconflint: pgbouncer.ini: auth_hba_file = hba.conf is not there; name it, with --dialect pgbouncer\n",
    });
  });
});

test("the JSON has all columns, and the lines behind them", async () => {
  const { stdout } = await hba("explain pg_hba.conf --format json", {
    "pg_hba.conf": "host all all 10.0.0.0/8 trust\nhost all bob 10.1.0.0/16 md5\n",
  });
  expect(JSON.parse(stdout)).toEqual([
    {
      path: "pg_hba.conf",
      server: "PostgreSQL 18",
      dialect: "postgres",
      refusal: null,
      lines: 2,
      rows: [
        {
          from: ["10.0.0.0/8"],
          users: ["all"],
          databases: ["all"],
          strength: "nothing",
          why: null,
          method: "trust",
          options: [],
          encryption: "optional",
          lines: [{ path: "pg_hba.conf", line: 1 }],
          except: [],
          witness: {
            user: "someone",
            database: "somewhere",
            address: "10.0.0.1",
            tls: true,
            gss: false,
            roles: { someone: { memberOf: [] } },
            interfaces: [],
            hostnames: {},
          },
          unless: [],
        },
      ],
      rest: true,
      unused: [
        {
          path: "pg_hba.conf",
          line: 2,
          text: "host all bob 10.1.0.0/16 md5",
          because: "line 1 takes all of it first",
        },
      ],
      notes: [],
    },
  ]);
});

test.each([
  ["explain missing.conf", "missing.conf: No such file or directory"],
  ["explain postgresql.conf", "there is no pg_hba.conf among the files"],
  [
    "explian postgresql.conf",
    "hba explian: say hba list, hba match --user NAME, hba explain, or hba diff OLD NEW; see pgconflint hba --help",
  ],
])("%s: one line, and exit code 2", async (words, said) => {
  expect(await hba(words, { "postgresql.conf": "work_mem = 4MB\n" })).toEqual({
    code: 2,
    stdout: "",
    stderr: `pgconflint: ${said}\n`,
  });
});
