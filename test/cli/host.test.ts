import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/node/config.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const inFolder = (cwd: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run(argv, { cwd, env });

const DATA = { "data/PG_VERSION": "17\n", "data/postgresql.conf": "", file: "" };

test("host prints facts, one a line, with where each is known from", async () => {
  const { code, stdout, stderr } = await inFolder(tree(DATA), ["host", "--data", "data"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^FACT +VALUE +FROM\nmemory +[\d.]+[MGT]B +\S/);
  expect(stdout).toMatch(/^cpus +[\d.]+ +\S/m);
  expect(stdout).toMatch(/^disk +(?:ssd|nvme|hdd|network|unknown) +\S/m);
});

test("as JSON it has values, and the reasons of what is not known", async () => {
  const { stdout } = await inFolder(tree(DATA), ["host", "--format", "json"]);
  const { host, unknown } = JSON.parse(stdout);
  expect(host.memory).toEqual({ value: expect.any(Number), from: expect.any(String) });
  expect(host.diskFree).toBeUndefined();
  if (process.platform === "linux")
    expect(unknown).toMatchObject({ disk: "the data directory is not known; name it with --data" });
});

test("PGDATA names the data directory as well", async () => {
  const cwd = tree(DATA);
  const { stdout } = await inFolder(cwd, ["host", "--format", "json"], { PGDATA: join(cwd, "data") });
  expect(JSON.parse(stdout).host.diskFree.from).toContain("free space of");
});

test.each([
  [["--data", "none"], {}, "--data none: No such file or directory"],
  [["--data", "file"], {}, "--data file: not a directory"],
  [[], { PGDATA: "none" }, "PGDATA none: No such file or directory"],
  [["data"], {}, "data: host takes no path; write --data data"],
  [["--format", "sarif"], {}, "--format sarif: not text or json"],
  [["--save", "--config", "none/x.ini"], {}, "none/x.ini: cannot be written: No such file or directory"],
  [["--save", "--config", "data"], {}, "data: Is a directory"],
])("%j is refused in one line", async (argv, env, complaint) => {
  expect(await inFolder(tree(DATA), ["host", ...argv], env)).toEqual({
    code: 2,
    stdout: "",
    stderr: `pgconflint: ${complaint}\n`,
  });
});

describe("host --save", () => {
  test("makes a pgconflint.ini that reads back, and says what is in it", async () => {
    const cwd = tree({});
    const { code, stderr } = await inFolder(cwd, ["host", "--save"]);
    const text = readFileSync(join(cwd, "pgconflint.ini"), "utf8");
    expect([code, text.startsWith("[host]\nmemory = ")]).toEqual([0, true]);
    expect(stderr).toMatch(/^pgconflint: pgconflint\.ini: new, with memory = \d/);
    expect(loadConfig(undefined, cwd)?.host.memory?.from).toBe("pgconflint.ini");
    expect((await inFolder(cwd, ["host", "--save"])).stderr).toBe(
      "pgconflint: pgconflint.ini: [host] says so already\n",
    );
  });

  test("changes the nearest one that there is, in that section only", async () => {
    const cwd = tree({
      ".git/x": "",
      "pgconflint.ini": "[host]\nmemory = 1MB ; small\n; k\n[check]\n",
      "sub/x": "",
    });
    const { stderr } = await inFolder(join(cwd, "sub"), ["host", "--save"]);
    expect(stderr).toMatch(/^pgconflint: \.\.\/pgconflint\.ini: \[host\] memory = \S+ \(was 1MB\), /);
    const text = readFileSync(join(cwd, "pgconflint.ini"), "utf8");
    expect(text).toMatch(/^\[host\]\nmemory = \d\S* ; small\n[^[;]*; k\n\[check\]\n$/);
    expect(existsSync(join(cwd, "sub/pgconflint.ini"))).toBe(false);
  });

  test("leaves a file with a mistake alone", async () => {
    const cwd = tree({ "pgconflint.ini": "[hots]\n" });
    const { code, stdout, stderr } = await inFolder(cwd, ["host", "--save"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe("pgconflint: pgconflint.ini:1:2: unknown section [hots]; did you mean host?\n");
    expect(readFileSync(join(cwd, "pgconflint.ini"), "utf8")).toBe("[hots]\n");
  });
});

describe("check knows the host", () => {
  const hostOf = async (files: Readonly<Record<string, string>>, ...argv: string[]) => {
    const { stdout, stderr } = await inFolder(tree(files), ["check", "--format", "json", ...argv]);
    expect(stderr).toBe("");
    return JSON.parse(stdout).target.host;
  };
  const HEAD = "# pgconflint: memory=1GB cpus=500m disk=hdd wal_disk=50GB container=no\n";
  const INI = "[host]\nmemory = 2GB\ncontainer = yes\nwal_disk = 100GB\n";

  test("from a comment, pgconflint.ini, the machine and the command line, of which the later wins", async () => {
    const files = { ...DATA, "data/postgresql.conf": HEAD, "pgconflint.ini": INI };
    expect(await hostOf({ ...DATA, "data/postgresql.conf": HEAD }, "data")).toEqual({
      memory: { value: 1024 ** 3, from: "comment" },
      cpus: { value: 0.5, from: "comment" },
      disk: { value: "hdd", from: "comment" },
      walDisk: { value: 50 * 1024 ** 3, from: "comment" },
      container: { value: false, from: "comment" },
    });
    expect(await hostOf(files, "data", "--wal-disk", "20GB", "--share", "50%")).toEqual({
      memory: { value: 2 * 1024 ** 3, from: "pgconflint.ini" },
      share: { value: 0.5, from: "--share" },
      cpus: { value: 0.5, from: "comment" },
      disk: { value: "hdd", from: "comment" },
      walDisk: { value: 20 * 1024 ** 3, from: "--wal-disk" },
      container: { value: true, from: "pgconflint.ini" },
    });
    const here = await hostOf(files, "data", "--host", "this", "--cpus", "3");
    expect(here.memory.from).not.toBe("pgconflint.ini");
    expect(here.cpus).toEqual({ value: 3, from: "--cpus" });
    expect(here.walDisk.from).toBe("pgconflint.ini");
  });

  test("what a comment says that cannot be read is told in one line", async () => {
    const cwd = tree({ "postgresql.conf": "# pgconflint: postgres=16 memory=32Gigs\n" });
    expect(await inFolder(cwd, ["check"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "pgconflint: postgresql.conf: memory=32Gigs in a comment is not a size, such as 32GB\n",
    });
  });

  test("and the disk of the data directory, where there is one", async () => {
    expect((await hostOf(DATA, "data", "--host", "this")).diskFree.from).toMatch(/^free space of .*data$/);
    expect(await hostOf({ "x.conf": "" }, "x.conf", "--host", "this")).not.toHaveProperty("diskFree");
    const two = { ...DATA, "other/PG_VERSION": "16\n", "other/postgresql.conf": "" };
    expect(await hostOf(two, "data", "other", "--host", "this")).not.toHaveProperty("diskFree");
  });
});
