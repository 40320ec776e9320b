import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/fixtures.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const ROLES = JSON.stringify({ bob: { memberOf: ["staff"] }, staff: {} });

const HBA = `# who
local   all          all                        peer map=m
hostssl app          +staff    10.0.0.0/8       ldap ldapserver=ldap.example.com ldapbasedn="dc=x" ldapbindpasswd=hunter2
host    replication  all       10.0.0.0/8       scram-sha-256
hostssl all          all       samenet          cert
hostnossl all        all       10.0.0.0/8       reject
`;
const IDENT = `m  root            postgres
m  /^(.*)@corp$    \\1
m  root            +staff
`;

/** Runs `hba match` among these files. */
const match = (words: string, files: Record<string, string> = {}) =>
  run(["hba", "match", ...words.split(" ").filter(Boolean)], {
    cwd: tree({ "pg_hba.conf": HBA, "pg_ident.conf": IDENT, "roles.json": ROLES, ...files }),
  });

describe("what is printed", () => {
  test("the line that is hit, and why it passes those before", async () => {
    const { code, stdout } = await match("--user bob --database app --address 192.168.1.5 x/pg_hba.conf", {
      "x/pg_hba.conf": `local   all          all                       peer
host    all          all  10.0.0.0/8           scram-sha-256
hostssl all          all  all                  scram-sha-256
host    replication  all  all                  scram-sha-256
host    app          bob  192.168.0.0/16       scram-sha-256
`,
    });
    const guide = readFileSync(join(root, "docs/guide/command-line.md"), "utf8").replace(/^ {4}/gm, "");
    expect(code).toBe(0);
    expect(guide).toContain(stdout.replaceAll("x/pg_hba.conf", "pg_hba.conf"));
    expect(stdout.split("\n")).toHaveLength(8);
  });

  test("no secret of the line", async () => {
    const words = "--user bob --database app --address 10.1.2.3 --tls --roles roles.json";
    const { code, stdout } = await match(words);
    expect(stdout).toBe(`pg_hba.conf:3: ldap
hostssl app +staff 10.0.0.0/8 ldap ldapserver=ldap.example.com ldapbasedn=dc=x ldapbindpasswd=***

line 2: type local is for the Unix socket
`);
    expect(code).toBe(0);
    expect((await match(`${words} --format json`)).stdout).not.toContain("hunter2");
  });

  test("what it depends on", async () => {
    expect(await match("--user bob --database app --address 10.1.2.3 --tls")).toEqual({
      code: 2,
      stderr: "",
      stdout: `pg_hba.conf: it depends: line 3 if bob is a member of staff; line 5 if 10.1.2.3 is in a network of the server; otherwise no line

line 2: type local is for the Unix socket
line 3: matches if bob is a member of staff
line 4: database replication is for physical replication only
line 5: matches if 10.1.2.3 is in a network of the server
line 6: type hostnossl does not take TLS
`,
    });
  });

  test("the server's words where a line rejects, and where none matches", async () => {
    const rejected = await match("--user bob --database app --address 10.1.2.3");
    expect(rejected.code).toBe(1);
    expect(rejected.stdout).toContain(
      'pg_hba.conf:6: reject\nhostnossl all all 10.0.0.0/8 reject\npg_hba.conf rejects connection for host "10.1.2.3", user "bob", database "app", no encryption\n',
    );
    const none = await match("--user bob --address 10.1.2.3 --tls --replication physical --postgres 12", {
      "pg_hba.conf": "host all all all md5\n",
    });
    expect(none).toMatchObject({
      code: 1,
      stdout: `pg_hba.conf: no line lets it in
no pg_hba.conf entry for replication connection from host "10.1.2.3", user "bob", SSL on

line 1: database all is not for physical replication
`,
    });
  });

  test("json: the same, one object for each server", async () => {
    const { stdout } = await match("--user eve --address 10.1.2.3 --format json");
    expect(JSON.parse(stdout)).toEqual([
      {
        file: "pg_hba.conf",
        path: "pg_hba.conf",
        line: 6,
        method: "reject",
        options: [],
        record: "hostnossl all all 10.0.0.0/8 reject",
        server:
          'pg_hba.conf rejects connection for host "10.1.2.3", user "eve", database "eve", no encryption',
        passed: [
          {
            path: "pg_hba.conf",
            line: 2,
            field: "type",
            because: "type local is for the Unix socket",
          },
          { path: "pg_hba.conf", line: 3, field: "type", because: "type hostssl wants TLS" },
          {
            path: "pg_hba.conf",
            line: 4,
            field: "database",
            because: "database replication is for physical replication only",
          },
          { path: "pg_hba.conf", line: 5, field: "type", because: "type hostssl wants TLS" },
        ],
      },
    ]);
  });

  test("lines of included files with their paths, lists by their beginning, quotes as they are written", async () => {
    const { stdout } = await match("--user eve --address ::1 pg_hba.conf", {
      "pg_hba.conf": "include more.conf\nhost all all 10.0.0.0 255.0.0.0 md5\n",
      "more.conf": 'host "all",x all all md5\nhost all a,b,c,d,e all md5\nlocal all all md5\n',
    });
    expect(stdout).toContain(`
more.conf:1: database "all",x does not include eve
more.conf:2: user a,b,c and 2 more does not include eve
more.conf:3: type local is for the Unix socket
line 2: address 10.0.0.0 255.0.0.0 does not contain ::1
`);
  });

  test("a file that the server refuses decides nothing", async () => {
    expect(await match("--user bob", { "pg_hba.conf": "local all all trust\nhots\n" })).toMatchObject({
      code: 2,
      stdout: 'pg_hba.conf: the server does not load it: line 2: invalid connection type "hots"\n',
    });
  });
});

describe("--system-user", () => {
  test.each<[string, string, number, string]>([
    ["postgres", "root", 0, "pg_ident.conf:1: root may log in"],
    ["bob", "bob@corp", 0, "pg_ident.conf:2: bob@corp may log in"],
    ["bob", "root --roles roles.json", 0, "pg_ident.conf:3: root may log in"],
    ["bob", "root", 2, "root may log in if bob is a member of staff"],
    [
      "eve",
      "bob@corp",
      1,
      'no match in usermap "m" for user "eve" authenticated as "bob@corp"; bob@corp may be bob',
    ],
    ["postgres", "nobody", 1, 'no match in usermap "m" for user "postgres" authenticated as "nobody"'],
  ])("%s by --system-user %s: %i", async (user, words, code, line) => {
    const result = await match(`--user ${user} --system-user ${words}`);
    expect(result.code).toBe(code);
    expect(result.stdout.split("\n")).toContain(line);
  });

  test.each<[string, string, string, number, string]>([
    ["peer", "", "bob", 0, "bob may log in"],
    [
      "peer",
      "",
      "Bob",
      1,
      "provided user name (bob) and authenticated user name (Bob) do not match; Bob may be Bob",
    ],
    [
      "peer map=other",
      "m x y\n",
      "bob",
      1,
      'no match in usermap "other" for user "bob" authenticated as "bob"',
    ],
    [
      "peer map=m",
      "m /. \\1\n",
      "bob",
      1,
      'regular expression "." has no subexpressions as requested by backreference in "\\1"; bob may be \\1',
    ],
    ["peer map=m", "m bob all\n", "bob", 0, "pg_ident.conf:1: bob may log in"],
    [
      "peer map=m",
      "m bob\n",
      "bob",
      2,
      "bob may log in if the map is as it should be: the server does not load pg_ident.conf",
    ],
    ["peer map=m", "m bob +x\nm bob bob\n", "bob", 0, "bob may log in"],
    [
      "peer map=m",
      "m /(b)\\1? \\1ob\nm bob bob\n",
      "bob",
      2,
      "bob may log in if /(b)\\1? captures that name in bob",
    ],
    ["trust", "", "root", 0, ""],
  ])("%s and %j, %s: %i", async (method, ident, systemUser, code, line) => {
    const files = { "pg_hba.conf": `local all all ${method}\n`, "pg_ident.conf": ident };
    const result = await match(`--user bob --system-user ${systemUser}`, files);
    expect(result.code).toBe(code);
    expect(result.stdout.split("\n")).toContain(line);
  });

  test.each<[string, number]>([
    ["gss include_realm=0", 0],
    ["gss include_realm=0 krb_realm=CORP", 0],
    ["gss include_realm=0 krb_realm=OTHER", 1],
    ["gss", 1],
    ["cert", 1],
  ])("bob@CORP by %s: %i", async (method, code) => {
    const files = { "pg_hba.conf": `hostssl all all all ${method}\n` };
    expect((await match("--user bob --address ::1 --tls --system-user bob@CORP", files)).code).toBe(code);
  });

  test("all and +role are names up to 15, and case counts unless krb_caseins_users", async () => {
    const files = { "pg_hba.conf": "local all all peer map=m\n", "pg_ident.conf": "m bob all\n" };
    expect((await match("--user bob --system-user bob --postgres 15", files)).code).toBe(1);
    const gss = {
      "pg_hba.conf": "host all all all gss include_realm=0\n",
      "postgresql.conf": "krb_caseins_users = on\n",
    };
    expect((await match("--user bob --address ::1 --system-user BOB@X", gss)).code).toBe(0);
  });
});

describe("PgBouncer", () => {
  const files = {
    "pgbouncer.ini":
      "[databases]\n* = host=/tmp\n[pgbouncer]\nauth_type = hba\nauth_hba_file = hba.conf\nauth_ident_file = ident.conf\n",
    "hba.conf":
      "local all +staff trust\nlocal all bob peer map=m\nlocal all all peer\nhost all all 10.0.0.0/8 md5\n",
    "ident.conf": "m root all\nm app bob\n",
  };

  test("reads the file that its pgbouncer.ini names", async () => {
    expect((await match("--user bob --system-user app pgbouncer.ini", files)).stdout).toBe(`hba.conf:2: peer
local all bob peer map=m
ident.conf:2: app may log in

line 1: PgBouncer drops this line: PgBouncer knows no memberships, so not "+staff"
`);
    expect((await match("--user bob --system-user eve pgbouncer.ini", files)).stdout).toContain(
      "\nunix socket login rejected\n",
    );
    expect(await match("--user eve --system-user eve pgbouncer.ini", files)).toMatchObject({ code: 0 });
  });

  test("and any file with --dialect pgbouncer", async () => {
    const text = { "pg_hba.conf": "host all +staff all md5\nhost all all 10.1.2.3/8 md5\n" };
    expect(await match("--user bob --address 10.1.2.3 --dialect pgbouncer", text)).toMatchObject({
      code: 1,
      stdout: `pg_hba.conf: no line lets it in
no authentication method is found

line 1: PgBouncer drops this line: PgBouncer knows no memberships, so not "+staff"
line 2: address 10.1.2.3 255.0.0.0 does not contain 10.1.2.3
`,
    });
  });
});

test.each<[string, string]>([
  ["", "hba match: say who connects, with --user NAME"],
  [
    "--user bob --tls",
    "--tls: nothing is encrypted on the Unix socket; say where it comes from, with --address",
  ],
  ["--user bob --address db1", 'hba match: "db1" is no IP address'],
  [
    "--user bob --address ::1 --interfaces eth0",
    'hba match: "eth0" is no address of an interface, such as 10.1.2.3/24',
  ],
  ["--user bob --hostname db1", "--hostname db1: say NAME=ADDRESS, such as db1.example.com=10.1.2.3"],
  ["--user bob --replication full", "--replication full: not one of physical, logical"],
  ["--user bob --roles nope.json", "--roles nope.json: No such file or directory"],
  [
    "--user bob --roles a.json",
    'a.json: not an object of roles, such as { "bob": { "memberOf": ["staff"] } }',
  ],
  ["--user bob --roles b.json", 'b.json: "bob": memberof is none of memberOf, superuser and inherit'],
  ["--user bob --roles c.json", 'c.json: "bob": memberOf is not a list of names'],
  ["--user bob --roles d.json", 'd.json: "bob": not an object, such as { "memberOf": ["staff"] }'],
  ["--user bob --roles e.json", 'e.json: "bob": superuser and inherit are true or false'],
  [
    "--user bob --address ::1 --tls off",
    "ssl is off in off/postgresql.conf, so that nothing is encrypted with TLS",
  ],
])("%s: one line, exit code 2", async (words, message) => {
  const result = await match(words, {
    "a.json": "[]",
    "b.json": '{"bob": {"memberof": ["staff"]}}',
    "c.json": '{"bob": {"memberOf": "staff"}}',
    "d.json": '{"bob": ["staff"]}',
    "e.json": '{"bob": {"superuser": "yes"}}',
    "off/postgresql.conf": "ssl = off\n",
    "off/pg_hba.conf": "host all all all trust\n",
  });
  expect(result).toEqual({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
  expect(result.stderr.split("\n")).toHaveLength(2);
});
