import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import schema from "../../docs/compare.schema.json" with { type: "json" };
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const validate = new Ajv({ allErrors: true }).compile(schema);

type Files = Record<string, string>;

const compare = (files: Files, words = "compare --group prod") => run(words.split(" "), { cwd: tree(files) });

const isStandby = (number: number) => number > 1;
const name = (number: number) => `prod/db${String(number).padStart(2, "0")}/etc/postgresql/16/main`;

/** A primary and eleven standbys, two of which went their own ways. */
function twelve(): Files {
  const files: Files = {};
  for (let number = 1; number <= 12; number++) {
    const at = name(number);
    const standby = `primary_conninfo = 'host=db01 password=hunter2xyzzy application_name=db${number}'
hot_standby_feedback = ${number === 9 ? "off" : "on"}
`;
    files[`${at}/postgresql.conf`] = `cluster_name = 'db${number}'
max_connections = ${number === 9 ? 100 : 200}
work_mem = ${number === 7 ? "32MB" : number % 2 === 0 ? "64MB" : "65536kB"}
shared_buffers = ${8 * (1 + (number % 3))}GB
include_dir = 'conf.d'
${isStandby(number) ? standby : ""}`;
    files[`${at}/conf.d/10-logs.conf`] = number === 7 ? "log_checkpoints = off\n" : "";
    files[`${at}/pg_hba.conf`] = `local all all peer
host all all 10.0.0.0/8 ${number === 7 ? "md5" : "scram-sha-256"}
${number === 4 ? "# never used\nhost all bob 10.1.0.0/16 scram-sha-256\n" : ""}`;
    if (isStandby(number)) files[`${at}/standby.signal`] = "";
  }
  return files;
}

describe("twelve servers, two of which drifted", () => {
  test("what most have, and who has something else", async () => {
    const { code, stdout, stderr } = await compare(twelve());
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toBe(`prod  12 servers, 11 standbys

A standby with less than its primary does not start
  SETTING                     MOST HAVE      INSTEAD  CHANGE TAKES  WHERE
  max_connections (standbys)  200 (primary)  100      restart       db09 postgresql.conf:2

Different from most
  SETTING                          MOST HAVE           INSTEAD  CHANGE TAKES     WHERE
  hot_standby_feedback (standbys)  on (10 of 11)       off      reload           db09 postgresql.conf:7
  log_checkpoints                  on (11 of 12)       off      reload           db07 conf.d/10-logs.conf:1
  work_mem                         65536kB (11 of 12)  32MB     session, reload  db07 postgresql.conf:3

No value that most have
  SETTING         CHANGE TAKES  VALUES
  shared_buffers  restart       16GB (4), 24GB (4), 8GB (4)

Who gets in, by pg_hba.conf: 11 of 12 as prod/db01/etc/postgresql/16/main/pg_hba.conf
  SERVER  DIFFERS IN
  db07    another method or option: 1
  in full: pgconflint hba diff prod/db01/etc/postgresql/16/main/pg_hba.conf prod/db07/etc/postgresql/16/main/pg_hba.conf

Expected between a primary and its standbys
  primary_conninfo  12 values

Expected on different hosts
  cluster_name  12 values

Furthest from the others
  db07  3 deviations
  db09  2 deviations

2 of 12 servers deviate: 5 settings differ, who gets in differs (2 expected)
`);
  });

  test("what may differ is left out, and then nobody deviates", async () => {
    const ignore = "max_connections,hot_standby_feedback,log_*,work_mem,shared_buffers,pg_hba.conf";
    const { code, stdout } = await compare(twelve(), `compare --group prod --ignore ${ignore}`);
    expect(code).toBe(0);
    expect(stdout).toContain("\nNo difference among 12 servers (2 expected)\n");
  });

  test("JSON has every server, and no secret", async () => {
    const { stdout } = await compare(twelve(), "compare --group prod --format json");
    expect(stdout).not.toContain("hunter2");
    const { groups } = JSON.parse(stdout);
    expect(validate(JSON.parse(stdout)) || validate.errors).toBe(true);
    expect(groups).toHaveLength(1);
    expect(groups[0].deviations.find(({ setting }: { setting: string }) => setting === "work_mem")).toEqual({
      setting: "work_mem",
      standing: "drift",
      takes: "session, reload",
      among: "all",
      of: 12,
      usual: { value: "65536kB", servers: 11 },
      others: [{ value: "32MB", servers: [{ server: name(7), path: "postgresql.conf", line: 3 }] }],
    });
    expect(groups[0].worst).toEqual([
      { path: name(7), deviations: 3 },
      { path: name(9), deviations: 2 },
    ]);
  });
});

const three = (lines: readonly string[], more: Files = {}): Files => ({
  ...Object.fromEntries(lines.map((line, at) => [`prod/s${at}/postgresql.conf`, `${line}\n`])),
  ...more,
});

test("another release, and what it alone has", async () => {
  const version = (number: string, at: number) => ({ [`prod/s${at}/PG_VERSION`]: number });
  const files = { ...version("16", 0), ...version("16", 1), ...version("17", 2) };
  const { code, stdout } = await compare(three(["", "", "transaction_timeout = 1h"], files));
  expect(code).toBe(1);
  expect(stdout).toContain(`
Different from most
  SETTING              MOST HAVE    INSTEAD  CHANGE TAKES     WHERE
  PostgreSQL           16 (2 of 3)  17                        s2
  transaction_timeout  - (2 of 3)   1h       session, reload  s2 postgresql.conf:1
`);
});

test("poolers are compared among poolers, and a missing database once", async () => {
  const ini = (databases: string) => `[databases]\n${databases}[pgbouncer]\nauth_type = md5\n`;
  const { stdout } = await compare(
    three([""], {
      "prod/a/pgbouncer.ini": ini("shop = host=db1 dbname=shop\n"),
      "prod/b/pgbouncer.ini": ini("shop = host=db1\n"),
      "prod/c/pgbouncer.ini": ini(""),
    }),
  );
  expect(stdout).toBe(`prod  4 servers, 3 with PgBouncer

Different from most
  SETTING           MOST HAVE     INSTEAD  CHANGE TAKES  WHERE
  [databases] shop  yes (2 of 3)  -        reload        c

1 of 4 servers deviates: 1 setting differs
`);
});

test("several groups, each for itself", async () => {
  const files = {
    "prod/a/postgresql.conf": "work_mem = 64MB\n",
    "prod/b/postgresql.conf": "work_mem = 64MB\n",
    "test/a/postgresql.conf": "work_mem = 4MB\n",
    "test/b/postgresql.conf": "work_mem = 8MB\n",
  };
  const { code, stdout } = await compare(files, "compare --group prod test");
  expect(code).toBe(1);
  expect(stdout).toBe(`prod  2 servers

No difference among 2 servers

test  2 servers

No value that most have
  SETTING   CHANGE TAKES     VALUES
  work_mem  session, reload  4MB (1), 8MB (1)

0 of 2 servers deviate: 1 setting differs
`);
});

test("a server with a line that is refused is no measure for the others", async () => {
  const { code, stdout } = await compare(three(["work_mem = 64gb", "work_mem = 64MB", "work_mem = 64MB"]));
  expect(code).toBe(1);
  expect(stdout).toContain(
    "Not compared, as a line is refused or a file is missing; pgconflint check tells which\n  s0  work_mem\n",
  );
  expect(stdout).not.toContain("Different");
});
