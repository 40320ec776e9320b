import { describe, expect, test, vi } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

/** What a rule does that has a bug; nothing while this is undefined. */
const bug = vi.hoisted(() => ({ error: undefined as unknown }));
vi.mock("../../src/engine/lint.ts", async (original) => {
  const engine = await original<typeof import("../../src/engine/lint.ts")>();
  const runRules: typeof engine.runRules = (...args) => {
    if (bug.error !== undefined) throw bug.error;
    return engine.runRules(...args);
  };
  return { ...engine, runRules };
});

describe("a bug of ours", () => {
  const argv = ["check", "postgresql.conf"];

  test("is one line with what it takes to report it, and code 3", async () => {
    const cwd = tree({ "postgresql.conf": "port = 5432\n" });
    bug.error = new TypeError("x is undefined");
    const { code, stdout, stderr } = await run(argv, { cwd });
    const debugged = await run(argv, { cwd, env: { PGCONFLINT_DEBUG: "1" } });
    bug.error = undefined;
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(
      /^pgconflint \d+\.\d+\.\d+: TypeError: x is undefined; this is a bug, please report it with the command line: pgconflint check postgresql\.conf\n$/,
    );
    expect(debugged.stderr).toContain("\n    at ");
  });
});

describe("colour", () => {
  const isTerminal = () => true;
  test.each([
    ["on a terminal", [], { isTerminal }, true],
    ["in a pipe", [], {}, false],
    ["in a pipe with --color", ["--color"], {}, true],
    ["on a terminal with --no-color", ["--no-color"], { isTerminal }, false],
    ["with NO_COLOR, whatever else", ["--color"], { isTerminal, env: { NO_COLOR: "1" } }, false],
    ["with an empty NO_COLOR, which says nothing", [], { isTerminal, env: { NO_COLOR: "" } }, true],
    ["on a dumb terminal", [], { isTerminal, env: { TERM: "dumb" } }, false],
  ] as const)("%s", async (_where, flags, world, colored) => {
    const cwd = tree({ "postgresql.conf": "fsync = maybe\n" });
    const { stdout } = await run(flags, { cwd, ...world });
    expect(stdout.includes("\u001b[")).toBe(colored);
  });

  test("never reaches a file", async () => {
    const cwd = tree({ "postgresql.conf": "fsync = maybe\n" });
    await run(["--color", "--format", "pretty=out.txt"], { cwd });
    expect((await run(["-", "--stdin-filename", "out.txt"], { cwd })).stdout).not.toContain("\u001b[");
  });
});

test.each([
  [{ LANG: "de_DE.UTF-8" }, true],
  [{ LANG: "de_DE.UTF-8", LC_ALL: "C" }, false],
  [{ LC_CTYPE: "C.utf8" }, true],
  [{ LANG: "C.UTF-8", TERM: "dumb" }, false],
  [{}, false],
])("a terminal of %j is shown more than ASCII: %s", async (env, unicode) => {
  const cwd = tree({ "postgresql.conf": "fsync = 'ja, natürlich'\n" });
  const { stdout } = await run([], { cwd, env });
  expect(stdout.includes("│")).toBe(unicode);
  expect(stdout.includes("natürlich")).toBe(unicode);
  expect(stdout.includes("nat\\xfcrlich")).toBe(!unicode);
});

describe("standard input", () => {
  const stdin = (text: string) => ({ stdin: () => new TextEncoder().encode(text) });

  test("is told by its content where it has no name", async () => {
    const { stdout } = await run(["-", "--format", "compact"], stdin("local all all scram\n"));
    expect(stdout).toBe('stdin:1:15: error server/hba-unknown-method "scram" is no method.\n');
  });

  test("with a name is judged as that file, among its neighbours, includes and all", async () => {
    const cwd = tree({
      "c/postgresql.conf": "ssl = on\nlisten_addresses = '*'\n",
      "c/pg_hba.conf": "broken\n",
      "c/x.conf": "",
    });
    const hba = stdin("hostssl shop shop 10.0.0.0/24 scram-sha-256\n");
    const named = ["-", "--format", "compact", "--stdin-filename"];
    expect((await run([...named, "c/pg_hba.conf"], { cwd, ...hba })).stdout).toBe("");
    const conf = stdin("ssl = off\ninclude 'x.conf'\n");
    expect((await run([...named, "c/part.conf"], { cwd, ...conf })).stdout).toBe("");
  });

  test("that cannot be read is told", async () => {
    expect(await run(["-"], { stdin: () => "Is a directory" })).toEqual({
      code: 2,
      stdout: "",
      stderr: "pgconflint: standard input: Is a directory\n",
    });
  });
});

describe("rules", () => {
  test("as JSON are all rules with their facts", async () => {
    const { stdout } = await run(["rules", "--format", "json"]);
    expect(JSON.parse(stdout)).toEqual(
      rules.map(({ id, title, severity, versions = {} }) =>
        expect.objectContaining({ id, title, severity, versions }),
      ),
    );
  });

  test("as a table are one line each", async () => {
    const lines = (await run(["rules"])).stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(rules.length);
    expect(lines[0]).toMatch(/^[a-z]+\/[a-z0-9-]+ +(?:error|warning|info) +\S/);
  });
});

describe("explain", () => {
  test("finds a rule by its whole id and without the topic", async () => {
    const whole = await run(["explain", "server/minimal-wal"]);
    expect(whole.stdout).toContain("\n\nWHAT IT COSTS TO IGNORE\n  ");
    expect(await run(["explain", "minimal-wal"])).toEqual(whole);
  });

  test("tells a setting in each release, of PostgreSQL and of PgBouncer", async () => {
    expect((await run(["explain", "log_connections"])).stdout).toBe(`log_connections

  Logs specified aspects of connection establishment and setup.

PostgreSQL 10-17  bool    default off    a change takes: session, reload
PostgreSQL 18     string  default ''     a change takes: session, reload

PgBouncer 1.15-1.25, [pgbouncer]  0 or 1  default 1    a change takes: reload
`);
  });

  test("tells what became of a setting that is gone", async () => {
    const { stdout } = await run(["explain", "wal_keep_segments"]);
    expect(stdout).toContain("PostgreSQL 10-12  integer  default 0");
    expect(stdout).toContain("Gone after 12.");
    expect(stdout).toContain("See wal_keep_size.");
  });

  test.each([
    ["server/minimal-wall", "server/minimal-wal"],
    ["minimal-wall", "server/minimal-wal"],
    ["share_buffers", "shared_buffers"],
    ["pol_mode", "pool_mode"],
  ])("%s is neither, but near to %s", async (name, near) => {
    expect(await run(["explain", name])).toEqual({
      code: 2,
      stdout: "",
      stderr: `pgconflint: ${name} is neither a rule nor a setting; did you mean ${near}?\n`,
    });
  });

  test("wants one name", async () => {
    expect((await run(["explain"])).code).toBe(2);
    expect((await run(["explain", "a", "b"])).code).toBe(2);
  });
});

describe("show", () => {
  const conf = "work_mem = 64MB\nport = 5433\napp.tenant = 表\n";

  test("tells the value, the default, how a change takes and the line", async () => {
    const { stdout } = await run(["show"], { cwd: tree({ "postgresql.conf": conf }) });
    expect(stdout).toBe(`SETTING     VALUE  DEFAULT  CHANGE TAKES     FROM
port        5433   5432     restart          postgresql.conf:2
work_mem    64MB   4096kB   session, reload  postgresql.conf:1
app.tenant  表              its library      postgresql.conf:3
`);
  });

  test("with --all shows what is at its default as well", async () => {
    const { stdout } = await run(["show", "--all"], { cwd: tree({ "postgresql.conf": conf }) });
    expect(stdout).toMatch(/^fsync +on +on +reload +default$/m);
  });

  test("as JSON is what the library returns", async () => {
    const { stdout } = await run(["show", "--format", "json"], { cwd: tree({ "postgresql.conf": conf }) });
    expect(JSON.parse(stdout)[1]).toEqual({
      name: "work_mem",
      value: "64MB",
      base: "65536",
      unit: "kB",
      path: "postgresql.conf",
      line: 1,
      context: "user",
      default: "4096",
    });
  });

  test("needs a postgresql.conf", async () => {
    expect(await run(["show"], { cwd: tree({ "pg_hba.conf": "" }) })).toEqual({
      code: 2,
      stdout: "",
      stderr: "pgconflint: there is no postgresql.conf among the files\n",
    });
  });
});

describe("hba list", () => {
  test("shows the records as the server reads them, and what it says of the others", async () => {
    const cwd = tree({
      "pg_hba.conf":
        'local all alice,"bob smith" peer map=staff\nhost all all 10/8 md5\nhost all all 10.0.0.1 md5\n',
    });
    expect(await run(["hba", "list"], { cwd })).toEqual({
      code: 1,
      stderr: "",
      stdout: `LINE           TYPE   DATABASE  USER             ADDRESS             METHOD  OPTIONS
pg_hba.conf:1  local  all       alice,bob smith                      peer    map=staff
pg_hba.conf:2  host   all       all              0.0.0.10 255.0.0.0  md5
pg_hba.conf:3  refused: invalid IP mask "md5": Name or service not known
line 3: invalid IP mask "md5": Name or service not known
The server refuses this file.
`,
    });
  });

  test("match, explain and diff are what there is to do with hba", async () => {
    const advice =
      "say hba list, hba match --user NAME, hba explain, or hba diff OLD NEW; see pgconflint hba --help\n";
    expect((await run(["hba"])).stderr).toBe(`pgconflint: hba: ${advice}`);
    expect((await run(["hba", "lst"])).stderr).toBe(`pgconflint: hba lst: ${advice}`);
  });
});
