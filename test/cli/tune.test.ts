import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

/** With `answers` there is somebody at a terminal, who says no more after the last of them. */
async function tune(cwd: string, argv: readonly string[], answers?: readonly string[]) {
  const questions: string[] = [];
  const left = [...(answers ?? [])];
  const ask = (question: string) => {
    questions.push(question);
    return left.shift();
  };
  const stdin = () => Buffer.from("work_mem = 1MB\n");
  const isTerminal = () => answers !== undefined;
  const ran = await run(["tune", ...argv], { stdin, cwd, isTerminal, ...(answers && { ask }) });
  return { ...ran, questions };
}

const COURSE = [
  "--memory",
  "32GB",
  "--cpus",
  "8",
  "--disk",
  "ssd",
  "--connections",
  "200",
  "--postgres",
  "17",
];
const HOST = COURSE.slice(0, 6);

/** Settings of a configuration, by name. */
const settingsIn = (conf: string): Record<string, string> =>
  Object.fromEntries(
    [...conf.matchAll(/^(\w+) += (\S+)/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
/** The lines on top that tell what the values are for. */
const factsIn = (conf: string): string[] =>
  [...conf.matchAll(/^# {3}(\S.*)$/gm)]
    .map(([, line = ""]) => line.replaceAll(/ {2,}/g, " | "))
    .slice(0, conf.slice(0, conf.indexOf("\n\n")).split("\n").length - 2);

test("the course's host has the values of every handbook, with the sum that work_mem comes from", async () => {
  const { code, stdout, stderr } = await tune(tree({}), COURSE);
  expect([code, stderr]).toEqual([0, ""]);
  expect(settingsIn(stdout)).toMatchObject({
    max_connections: "200",
    shared_buffers: "8GB",
    effective_cache_size: "24GB",
    work_mem: "24MB",
    random_page_cost: "1.1",
  });
  expect(stdout).toContain(
    "# queries              9.4GB       3GB  200 connections x 24MB of work_mem x 2 for hashes\n",
  );
  expect(stdout).toContain("# work_mem  (28.8GB usable - 14.4GB for all else - 4.3GB of page cache)");
  expect(factsIn(stdout)).toEqual([
    "PostgreSQL | 17 | --postgres",
    "memory | 32GB | --memory",
    "cpus | 8 | --cpus",
    "disk | ssd | --disk",
    "workload | web | unless told otherwise",
    "connections | 200 | --connections",
  ]);
});

describe("facts", () => {
  const INI =
    "[target]\npostgres = 16\n[host]\nmemory = 64GB\ncpus = 16\ndisk = hdd\n[workload]\nkind = dw\ndatabase_size = 10GB\n";

  test("come from pgconflint.ini, and flags win", async () => {
    const { stdout } = await tune(tree({ "pgconflint.ini": INI }), [
      "--disk",
      "nvme",
      "--workload",
      "oltp",
      "--wal-rate",
      "5MB",
    ]);
    expect(factsIn(stdout)).toEqual([
      "PostgreSQL | 16 | pgconflint.ini",
      "memory | 64GB | pgconflint.ini",
      "cpus | 16 | pgconflint.ini",
      "disk | nvme | --disk",
      "workload | oltp | --workload",
      "database_size | 10GB | pgconflint.ini",
      "wal_rate | 5MB | --wal-rate",
    ]);
    expect(settingsIn(stdout)).toMatchObject({ shared_buffers: "12GB", random_page_cost: "1.1" });
  });

  test("come from a comment on top of the file as well", async () => {
    const cwd = tree({ "postgresql.conf": "# pgconflint: postgres=15 memory=16GB cpus=4 disk=ssd\n" });
    expect(factsIn((await tune(cwd, ["postgresql.conf", "--cpus", "2"])).stdout)).toEqual([
      "PostgreSQL | 15 | comment",
      "memory | 16GB | comment",
      "cpus | 2 | --cpus",
      "disk | ssd | comment",
      "workload | web | unless told otherwise",
      "file | postgresql.conf | as it is now",
    ]);
  });

  test("that nobody tells are those of this machine", async () => {
    const { code, stdout } = await tune(tree({}), []);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# {3}memory +[\d.]+[MGT]B +\S/m);
    expect(stdout).toMatch(/^# {3}cpus +[\d.]+ +\S/m);
  });

  test("of this machine count only with its memory", async () => {
    const { stdout } = await tune(tree({}), ["--memory", "32GB"]);
    expect(factsIn(stdout).map((line) => line.split(" | ")[0])).toEqual([
      "PostgreSQL",
      "memory",
      "cpus",
      "disk",
      "workload",
    ]);
    expect(stdout).toMatch(/^# {3}disk +unknown +say --disk ssd, nvme, hdd, network$/m);
    expect(stdout).not.toContain("random_page_cost");
  });
});

describe("at a terminal", () => {
  test("what is missing is asked for, until the answer is one", async () => {
    const { stdout, stderr, questions } = await tune(
      tree({}),
      ["--postgres", "17"],
      ["lots", "32GB", "8", "ssd", "", "200"],
    );
    expect(questions.map((question) => question.replace(/ \[[\d.]+[MGT]?B?\]/, " [detected]"))).toEqual([
      "Memory of the server [detected]: ",
      "Memory of the server [detected]: ",
      "Its CPUs [detected]: ",
      "What its data is on (ssd, nvme, hdd, network): ",
      "Kind of work (web, oltp, dw, mixed, desktop) [web]: ",
      "Connections, if you know how many: ",
    ]);
    expect(stderr).toBe("lots: not a size, such as 32GB\n");
    expect(factsIn(stdout)).toEqual([
      "PostgreSQL | 17 | --postgres",
      "memory | 32GB | your answer",
      "cpus | 8 | your answer",
      "disk | ssd | your answer",
      "workload | web | unless told otherwise",
      "connections | 200 | your answer",
    ]);
    const { stdout: told } = await tune(tree({}), COURSE);
    expect(settingsIn(stdout)).toEqual(settingsIn(told));
  });

  test("Enter takes what was detected, and the end of input takes all of it", async () => {
    const { stdout } = await tune(tree({}), []);
    expect(await tune(tree({}), [], [""])).toMatchObject({ code: 0, stdout });
    expect((await tune(tree({}), [], [])).questions).toHaveLength(1);
  });

  test("nothing is asked where memory and CPUs are known", async () => {
    expect((await tune(tree({}), HOST, ["no"])).questions).toEqual([]);
  });
});

test("connections that do not fit make the exit code 1, and say how many would", async () => {
  const { code, stdout, stderr } = await tune(tree({}), [
    "--memory",
    "8GB",
    "--cpus",
    "4",
    "--connections",
    "2000",
    "--postgres",
    "16",
  ]);
  expect(code).toBe(1);
  expect(stdout).toContain("# Memory: 15.2GB too little if all 2000 connections work at once\n");
  expect(stderr).toBe(
    "pgconflint: error[memory/worst-case]: 2000 connections do not fit into 8GB of RAM: even with 1MB of work_mem they may take 22.4GB, 312 % of the 7.2GB that PostgreSQL can use and 15.2GB too much; 430 connections would fit, with a pooler in front for the others.\n",
  );
});

test("several formats go to files, and one to standard output", async () => {
  const cwd = tree({});
  const { stdout } = await tune(cwd, [...COURSE, "--format", "patroni", "--format", "json=tuned.json"]);
  expect(stdout).toContain("\npostgresql:\n  parameters:\n");
  const json = JSON.parse(readFileSync(join(cwd, "tuned.json"), "utf8"));
  expect(json).toMatchObject({
    schema: 1,
    tool: { name: "pgconflint" },
    target: {
      postgres: { version: "17", from: "--postgres" },
      host: { memory: { value: 32 * 1024 ** 3, from: "--memory" } },
      workload: { kind: "web" },
    },
    budget: { worst: { sessions: 200, fits: true } },
    findings: [],
  });
  expect(json.settings).toContainEqual(
    expect.objectContaining({ name: "shared_buffers", value: "8GB", apply: "restart" }),
  );
});

test("for CloudNativePG the server is in a container", async () => {
  const { stdout } = await tune(tree({}), [...COURSE, "--format", "cnpg"]);
  expect(stdout).toMatch(/^# {3}container +yes +--format cnpg$/m);
  expect(stdout).not.toContain("nr_hugepages");
});

describe("--explain", () => {
  const files = { "postgresql.conf": "# pgconflint: postgres=17\nwork_mem = 64MB\nshared_buffers = 7GB\n" };

  test("has one value's derivation, and what it is now", async () => {
    const { code, stdout } = await tune(tree(files), [...HOST, "--explain", "work_mem", "postgresql.conf"]);
    expect(code).toBe(0);
    expect(stdout).toBe(`work_mem = 56MB

  What every sort may take even if all connections work at once; give more to the roles and
  queries that need it.

  (28.8GB usable - 12.5GB for all else - 4.3GB of page cache) / ((100 connections + 8 parallel
  workers) x 2 for hashes), 64MB at most, rounded down = 56MB

  now      64MB (postgresql.conf:2), which is close enough
  change   takes a reload
  read on  https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM

  sized for
    PostgreSQL  17               comment
    memory      32GB             --memory
    cpus        8                --cpus
    disk        ssd              --disk
    workload    web              unless told otherwise
    file        postgresql.conf  as it is now
`);
  });

  test("knows defaults, other files' settings, and JSON", async () => {
    const cwd = tree(files);
    const now = async (...argv: string[]) => (await tune(cwd, [...HOST, ...argv])).stdout;
    expect(await now("--explain", "effective_cache_size", "postgresql.conf")).toContain(
      "now      4GB (the default)\n",
    );
    expect(await now("--explain", "VM.nr_hugepages")).toMatch(/^vm\.nr_hugepages = \d+\n/);
    expect(await now("--pooler", "--explain", "default_pool_size")).toMatch(/^default_pool_size = 16\n/);
    expect(JSON.parse(await now("--explain", "work_mem", "--format", "json"))).toMatchObject({
      name: "work_mem",
      value: "24MB",
    });
  });
});

test("a file whose lines the server refuses is sized with a word about it, and never changed", async () => {
  const cwd = tree({ "postgresql.conf": "work_mem = 64MB\nshared_buffers = lots\nfsync == on\n" });
  const { code, stderr } = await tune(cwd, [...HOST, "postgresql.conf"]);
  expect([code, stderr]).toEqual([
    0,
    "pgconflint: postgresql.conf:3: the server refuses this line; what it says does not count here\n",
  ]);
  for (const edits of ["--apply", "--diff"])
    expect(await tune(cwd, [...HOST, edits, "postgresql.conf"])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `pgconflint: postgresql.conf:3: the server refuses this line; mend it before ${edits} (pgconflint check says more)\n`,
    });
});

test.each([
  [["--memory", "32"], "--memory 32: not a size, such as 32GB"],
  [["--workload", "wev"], "--workload wev: not one of web, oltp, dw, mixed, desktop; did you mean web?"],
  [["--connections", "many"], "--connections many: not a number of connections"],
  [["--wal-rate", "fast"], "--wal-rate fast: not a size, such as 5MB"],
  [["--format", "yaml"], "--format yaml: not one of conf, text, json, alter-system, patroni, cnpg"],
  [["--postgres", "9"], 'PostgreSQL "9" is not known; say 10 to 18, or a minor release such as 16.4'],
  [["--apply"], "--apply wants the file: pgconflint tune --apply postgresql.conf"],
  [["--diff=a.conf"], "--diff=a.conf: --diff takes no value; write --diff a.conf"],
  [["--diff", "--apply", "a"], "--apply writes what --diff prints; say one of them"],
  [["--diff", "a", "--format", "json"], "--diff and --format json both want standard output; say json=FILE"],
  [["none.conf"], "none.conf: No such file or directory"],
  [["hba"], "there is no postgresql.conf among the files"],
  [
    ["."],
    "tune takes one server at a time; there are 3: a/postgresql.conf, b/postgresql.conf, hba/pg_hba.conf",
  ],
  [["--apply", "-"], "standard input cannot be written to; --diff prints what would be"],
  [
    ["--explain", "shared_bufers"],
    "--explain shared_bufers: tune leaves that as it is; did you mean shared_buffers?",
  ],
  [["--explain", "fsync"], "--explain fsync: tune leaves that as it is; see pgconflint explain"],
  [["--explain", "work_mem", "--format", "conf"], "--explain prints text or json, not conf"],
])("%j is refused in one line", async (argv, complaint) => {
  const cwd = tree({
    "a/postgresql.conf": "",
    "b/postgresql.conf": "",
    "hba/pg_hba.conf": "local all all peer\n",
  });
  expect(await tune(cwd, [...HOST, ...argv].slice(argv[0] === "--memory" ? 2 : 0))).toEqual({
    code: 2,
    stdout: "",
    stderr: `pgconflint: ${complaint}\n`,
    questions: [],
  });
  expect(existsSync(join(cwd, "tuned.conf"))).toBe(false);
});
