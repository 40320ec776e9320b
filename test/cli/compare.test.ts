import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import schema from "../../docs/compare.schema.json" with { type: "json" };
import { root } from "../support/fixtures.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const validate = new Ajv({ allErrors: true }).compile(schema);

type Files = Readonly<Record<string, string>>;

const compare = (files: Files, words = "compare a b") => run(words.split(" "), { cwd: tree(files) });

/** Two servers with these lines in their postgresql.conf. */
const pair = (a: string, b: string, more: Files = {}, words?: string) =>
  compare({ "a/postgresql.conf": `${a}\n`, "b/postgresql.conf": `${b}\n`, ...more }, words);

/** The lines below a title, without the table's head. */
function section(stdout: string, title: string): string[] {
  const [, block = ""] = stdout.split(`${title}\n`);
  const lines = (block.split("\n\n")[0] ?? "").split("\n").map((line) => line.trim().replace(/ {2,}/g, "  "));
  return lines.filter((line) => line !== "" && !line.startsWith("SETTING "));
}

const PRIMARY: Files = {
  "a/PG_VERSION": "16\n",
  "a/postgresql.conf": `listen_addresses = '10.0.0.1, localhost'
max_connections = 400
shared_buffers = 8GB
work_mem = 64MB
archive_mode = on
archive_command = 'curl -u backup:hunter2xyzzy https://archive/%f'
cluster_name = 'db1'
include_dir = 'conf.d'
`,
  "a/conf.d/ssd.conf": "random_page_cost = 1.1\n",
  "a/pg_hba.conf": "local all all peer\nhost all all 10.0.0.0/8 scram-sha-256\n",
};
const STANDBY: Files = {
  "b/PG_VERSION": "16\n",
  "b/standby.signal": "",
  "b/postgresql.conf": `listen_addresses = 'localhost,10.0.0.2'
max_connections = 200
max_wal_senders = 20
shared_buffers = 8192MB
work_mem = 16MB
cluster_name = 'db2'
hot_standby_feedback = on
primary_conninfo = 'host=10.0.0.1 user=repl password=hunter2xyzzy'
`,
  "b/pg_hba.conf":
    "local all all peer\nhost all all 10.0.0.0/8 md5\nhost all bob 192.168.0.0/16 scram-sha-256\n",
};

describe("a primary and its standby", () => {
  test("what must not be, what drifted, and what is to be expected", async () => {
    const { code, stdout, stderr } = await compare({ ...PRIMARY, ...STANDBY });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toBe(`A  a  PostgreSQL 16
B  b  PostgreSQL 16, standby

A standby with less than its primary does not start
  SETTING          A    B    CHANGE TAKES  A FROM             B FROM
  max_connections  400  200  restart       postgresql.conf:2  postgresql.conf:2

Different
  SETTING           A     B     CHANGE TAKES     A FROM             B FROM
  random_page_cost  1.1   4     session, reload  conf.d/ssd.conf:1  default
  work_mem          64MB  16MB  session, reload  postgresql.conf:4  postgresql.conf:5

Who gets in, by pg_hba.conf, from A to B
  New access: bob to all from 192.168.0.0/16
  Another method: anybody to all from 10.0.0.0/8
  in full: pgconflint hba diff a/pg_hba.conf b/pg_hba.conf

Expected between a primary and its standbys
  SETTING               A                                      B                                     CHANGE TAKES  A FROM             B FROM
  archive_command       curl -u backup:*** https://archive/%f  ''                                    reload        postgresql.conf:6  default
  archive_mode          on                                     off                                   restart       postgresql.conf:5  default
  hot_standby_feedback  off                                    on                                    reload        default            postgresql.conf:7
  max_wal_senders       10                                     20                                    restart       default            postgresql.conf:3
  primary_conninfo      ''                                     host=10.0.0.1 user=repl password=***  reload        default            postgresql.conf:8

Expected on different hosts
  SETTING           A                    B                   CHANGE TAKES  A FROM             B FROM
  cluster_name      db1                  db2                 restart       postgresql.conf:7  postgresql.conf:6
  listen_addresses  10.0.0.1, localhost  localhost,10.0.0.2  restart       postgresql.conf:1  postgresql.conf:1

3 differences, 1 of which takes a restart; 2 differences in who gets in (7 expected, 349 compared)
`);
  });

  test("JSON is as docs/compare.schema.json says", async () => {
    const json = JSON.parse((await compare({ ...PRIMARY, ...STANDBY }, "compare a b --format json")).stdout);
    expect(validate(json) || validate.errors).toBe(true);
    expect(
      json.differences.find(({ setting }: { setting: string }) => setting === "max_connections"),
    ).toEqual({
      setting: "max_connections",
      standing: "too-small",
      takes: "restart",
      values: [
        { value: "400", path: "postgresql.conf", line: 2 },
        { value: "200", path: "postgresql.conf", line: 2 },
      ],
    });
  });

  test("no format tells a secret", async () => {
    for (const format of ["text", "json", "markdown"]) {
      const { stdout } = await compare({ ...PRIMARY, ...STANDBY }, `compare a b --format ${format}`);
      expect(stdout).toContain("primary_conninfo");
      expect(stdout).not.toContain("hunter2");
    }
  });

  test("a standby that serves nobody may allow less", async () => {
    const standby = { "b/standby.signal": "" };
    const { code, stdout } = await pair(
      "max_connections = 400",
      "max_connections = 200\nhot_standby = off",
      standby,
    );
    expect(code).toBe(0);
    expect(section(stdout, "Expected between a primary and its standbys")).toHaveLength(2);
  });

  test("two standbys follow each by a slot of its own, and have the rest alike", async () => {
    const { code, stdout } = await pair(
      "primary_slot_name = a\nhot_standby_feedback = on",
      "primary_slot_name = b\nhot_standby_feedback = off",
      { "a/standby.signal": "", "b/standby.signal": "" },
    );
    expect(code).toBe(1);
    expect(section(stdout, "Different")).toEqual([
      "hot_standby_feedback  on  off  reload  postgresql.conf:2  postgresql.conf:2",
    ]);
    expect(section(stdout, "Expected between a primary and its standbys")).toEqual([
      "primary_slot_name  a  b  reload  postgresql.conf:1  postgresql.conf:1",
    ]);
  });
});

describe("values that a server takes for the same", () => {
  test.each([
    ["a unit", "shared_buffers = 1GB", "shared_buffers = 1024MB"],
    ["a bare number", "work_mem = 64MB", "work_mem = 65536"],
    ["a word for on", "log_checkpoints = true", "log_checkpoints = on"],
    ["a default that is written out", "work_mem = 4MB", ""],
    ["a number with zeros", "random_page_cost = 1.1", "random_page_cost = 1.10"],
    ["a word in capitals", "wal_level = LOGICAL", "wal_level = logical"],
    ["a list in another order", "log_destination = 'stderr,csvlog'", "log_destination = 'csvlog, STDERR'"],
    ["blanks in a list", "search_path = 'a,b'", "search_path = 'a, b'"],
    ["a line that a later one replaces", "work_mem = 1MB\nwork_mem = 8MB", "work_mem = 8MB"],
    ["a setting of a library", "auto_explain.log_min_duration = 1s", "auto_explain.log_min_duration = 1000"],
  ])("%s", async (_, a, b) => {
    expect((await pair(a, b)).code).toBe(0);
  });

  test.each([
    ["the order in which it searches", "search_path = 'a,b'", "search_path = 'b,a'"],
    ["the order in which it loads", "shared_preload_libraries = 'a,b'", "shared_preload_libraries = 'b,a'"],
    ["a library's setting that only one has", "pg_stat_statements.max = 100", ""],
  ])("but not %s", async (_, a, b) => {
    expect((await pair(a, b)).code).toBe(1);
  });
});

describe("two releases", () => {
  const releases = (a: string, b: string, more: Files = {}) =>
    pair(more.a ?? "", more.b ?? "", { "a/PG_VERSION": a, "b/PG_VERSION": b });

  test("what nobody set is another where the default changed", async () => {
    const { code, stdout } = await releases("14", "15");
    expect(code).toBe(1);
    expect(section(stdout, "Nobody set it, and the default is another in the other release")).toEqual([
      "hash_mem_multiplier  1  2  session, reload  default  default",
      "log_autovacuum_min_duration  -1  600000ms  reload  default  default",
      "log_checkpoints  off  on  reload  default  default",
      "shared_buffers  8192kB  131072kB  restart  default  default",
    ]);
    expect(section(stdout, "Only the release of A has them, and nobody set them").join(" ")).toContain(
      "stats_temp_directory",
    );
  });

  test("a line for a setting that the other does not have", async () => {
    const { stdout } = await releases("16", "17", { a: "old_snapshot_threshold = 1h" });
    expect(section(stdout, "Only one of the releases has it")).toEqual([
      "old_snapshot_threshold  1h  -  restart  postgresql.conf:1",
    ]);
  });

  test("one setting under two names, and a switch that became a list", async () => {
    const { stdout } = await releases("17", "18", {
      a: "ssl_ecdh_curve = prime256v1\nlog_connections = on",
      b: "ssl_groups = prime256v1\nlog_connections = 'authentication, receipt, authorization'",
    });
    expect(stdout).not.toMatch(/ssl_groups|ssl_ecdh_curve|log_connections/);
  });
});

test("the guide shows what is printed", async () => {
  const { stdout } = await compare(
    {
      "db1/PG_VERSION": "16\n",
      "db1/postgresql.conf":
        "max_connections = 400\ninclude_dir = 'conf.d'\nwork_mem = 64MB\ncluster_name = db1\n",
      "db1/conf.d/ssd.conf": "random_page_cost = 1.1\n",
      "db1/pg_hba.conf": "local all all peer\n",
      "db2/PG_VERSION": "16\n",
      "db2/standby.signal": "",
      "db2/postgresql.conf":
        "max_connections = 200\n\nwork_mem = 16MB\ncluster_name = db2\nprimary_conninfo = 'host=10.0.0.1 user=repl'\n",
      "db2/pg_hba.conf": "local all all peer\nhost all bob 192.168.0.0/16 scram-sha-256\n",
    },
    "compare db1 db2",
  );
  const guide = readFileSync(join(root, "docs/guide/fleet.md"), "utf8").replace(/^ {4}/gm, "");
  expect(guide).toContain(stdout);
});

test("files of names of their own are versions of one file, of which nothing is expected to differ", async () => {
  const files = { "a.conf": "port = 5432\nwork_mem = 8MB\n", "b.conf": "port = 5433\n" };
  const { code, stdout } = await compare(files, "compare a.conf b.conf");
  expect(code).toBe(1);
  expect(section(stdout, "Different")).toEqual([
    "port  5432  5433  restart  a.conf:1  b.conf:1",
    "work_mem  8MB  4096kB  session, reload  a.conf:2  default",
  ]);
});

test("a line that the server refuses leaves its setting untold", async () => {
  const { code, stdout } = await pair("work_mem = 64gb", "work_mem = 64MB");
  expect(code).toBe(1);
  expect(
    section(stdout, "Not compared, as a line is refused or a file is missing; pgconflint check tells which"),
  ).toEqual(["work_mem"]);
});

test("a line that neither server knows is told", async () => {
  const { code, stdout } = await pair("wal_keep_segments = 64\nmy_password = hunter2xyzzy", "");
  expect(code).toBe(1);
  expect(section(stdout, "Different")).toEqual([
    "my_password  ***  -  postgresql.conf:2",
    "wal_keep_segments  64  -  postgresql.conf:1",
  ]);
});

test("a server is the same as itself, whatever is wrong with it", async () => {
  const cwd = join(root, "fixtures/servers");
  for (const server of ["shop", "clean"]) {
    const { code, stdout } = await run(["compare", server, server], { cwd });
    expect({ server, code }).toEqual({ server, code: 0 });
    expect(stdout).toMatch(/\n\nNo difference \(\d+ compared\)\n$/);
  }
});

test("the other way round the same settings differ", async () => {
  const files = { ...PRIMARY, ...STANDBY };
  const settingsOf = async (words: string) => {
    const { differences } = JSON.parse((await compare(files, `${words} --format json`)).stdout);
    return differences.map(({ setting, standing }: Record<string, string>) => `${setting} ${standing}`);
  };
  expect(await settingsOf("compare b a")).toEqual(await settingsOf("compare a b"));
});

test("a file about who gets in that the server does not load is compared with nothing", async () => {
  const { code, stdout } = await pair("", "", {
    "a/pg_hba.conf": "local all all peer\n",
    "b/pg_hba.conf": 'host all all all radius radiusservers=127.0.0.1 radiussecrets="hunter2xyzzy,,"\n',
  });
  expect(code).toBe(1);
  expect(section(stdout, "Who gets in, by pg_hba.conf, from A to B")).toEqual([
    'not compared: b/pg_hba.conf: PostgreSQL 18 does not load it: line 1: could not parse RADIUS secret list "***,,"',
  ]);
  expect(stdout).toMatch(/\nwho gets in cannot be told \(\d+ compared\)\n$/);
});

test("the command that tells more can be pasted into a shell", async () => {
  const files = {
    "it's a/pg_hba.conf": "local all all peer\n",
    "b/pg_hba.conf": "local all all trust\n",
  };
  const { stdout } = await run(["compare", "it's a", "b"], { cwd: tree(files) });
  expect(stdout).toContain("pgconflint hba diff 'it'\\''s a/pg_hba.conf' b/pg_hba.conf\n");
});

test("pg_ident.conf by its mappings, in any order", async () => {
  const [ab, ba] = ["m alice a\nm bob b\n", "m bob b\nm alice a\n"];
  expect((await pair("", "", { "a/pg_ident.conf": ab, "b/pg_ident.conf": ba })).code).toBe(0);
  const { stdout } = await pair("", "", { "a/pg_ident.conf": ab, "b/pg_ident.conf": "m bob b\n" });
  expect(section(stdout, "Different")).toEqual(["pg_ident.conf m alice a  yes  -  reload  pg_ident.conf:1"]);
});

test("PgBouncer: settings, databases, users, and no secret", async () => {
  const ini = (pool: string, database: string) =>
    `[databases]\n${database}\n[pgbouncer]\n${pool}\nauth_file = userlist.txt\nadmin_users = a, b\n`;
  const { code, stdout } = await compare({
    "a/pgbouncer.ini": ini(
      "default_pool_size = 20",
      "shop = host=db1 port=5432 password=hunter2xyzzy\nold = host=db1",
    ),
    "a/userlist.txt": '"app" "hunter2xyzzy"\n"ops" "md50123456789abcdef0123456789abcdef"\n',
    "b/pgbouncer.ini": ini("default_pool_size = 30", "shop = host=db2 dbname=shop password=correcthorse"),
    "b/userlist.txt": '"app" "correcthorse"\n',
  });
  expect(code).toBe(1);
  expect(stdout).not.toMatch(/hunter2|correcthorse|0123456789/);
  expect(section(stdout, "Different")).toEqual([
    "[databases] old  yes  -  reload  pgbouncer.ini:3",
    "[databases] shop host  db1  db2  reload  pgbouncer.ini:2  pgbouncer.ini:2",
    "[databases] shop password  ***  *** (another)  reload  pgbouncer.ini:2  pgbouncer.ini:2",
    "[pgbouncer] default_pool_size  20  30  reload  pgbouncer.ini:5  pgbouncer.ini:4",
    "userlist.txt app  a password  a password (another)  reload  userlist.txt:1  userlist.txt:1",
    "userlist.txt ops  an MD5 hash  -  reload  userlist.txt:2",
  ]);
});

test("what PgBouncer takes for a name, and is a password, is not printed", async () => {
  const ini = "[pgbouncer]\nauth_file = userlist.txt\n";
  const { stdout } = await compare({
    "a/pgbouncer.ini": ini,
    "a/userlist.txt": '"app"\n"ops"\n"hunter2xyzzy"\n"x" "y"\n',
    "b/pgbouncer.ini": ini,
    "b/userlist.txt": '"app" "hunter2xyzzy"\n',
  });
  expect(stdout).toContain("userlist.txt app");
  expect(stdout).not.toContain("hunter2");
});

describe("--ignore", () => {
  const [a, b] = [
    "work_mem = 1MB\nlog_duration = on\nlog_hostname = on\nport = 1024",
    "work_mem = 2MB\nport = 1025",
  ];
  test("settings by name, and by how they begin", async () => {
    const { code, stdout } = await pair(a, b, {}, "compare a b --ignore WORK_MEM,log_* --ignore port");
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n\nNo difference \(\d+ compared\)\n$/);
  });

  test("a name that nobody has is a mistake", async () => {
    expect(await pair(a, b, {}, "compare a b --ignore work_men")).toEqual({
      code: 2,
      stdout: "",
      stderr: "pgconflint: --ignore work_men: there is no such setting; did you mean work_mem?\n",
    });
  });

  test("who gets in", async () => {
    const files = { "a/pg_hba.conf": "local all all peer\n", "b/pg_hba.conf": "local all all trust\n" };
    expect((await pair("", "", files)).code).toBe(1);
    expect((await pair("", "", files, "compare a b --ignore pg_hba.conf")).code).toBe(0);
  });
});

test.each([
  [
    "compare a",
    "compare: say which two servers, pgconflint compare A B, or --group DIR for all that are below it",
  ],
  ["compare a missing", "missing: No such file or directory"],
  ["compare a both", "compare: there are 2 servers in both; name one of them, or say --group both"],
  [
    "compare a/postgresql.conf pooler/pgbouncer.ini",
    "compare: a/postgresql.conf and pooler/pgbouncer.ini have nothing in common that could be compared",
  ],
  ["compare --group a", "compare: a single server below a; a group has two or more"],
])("%s: one line, and exit code 2", async (words, said) => {
  const files = {
    "a/postgresql.conf": "",
    "both/x/postgresql.conf": "",
    "both/y/postgresql.conf": "",
    "pooler/pgbouncer.ini": "[pgbouncer]\n",
  };
  expect(await compare(files, words)).toEqual({ code: 2, stdout: "", stderr: `pgconflint: ${said}\n` });
});
