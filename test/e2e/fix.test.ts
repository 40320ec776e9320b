import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pgconflint, scratch } from "../support/cli.ts";
import { root } from "../support/fixtures.ts";
import { tree } from "../support/tree.ts";

const isRoot = process.getuid?.() === 0;
const bytesIn = (folder: string, file = "postgresql.conf") => readFileSync(join(folder, file), "latin1");
const fix = (cwd: string, ...args: string[]) =>
  pgconflint(["--fix", "--format", "compact", ...args], { cwd });

/** Without what the rules of other topics say, most of it about what is missing. */
const byServer = ({ stdout, ...rest }: ReturnType<typeof fix>) => ({
  ...rest,
  stdout: stdout.replace(/^(?!.* server\/).*\n/gm, ""),
});

/** Windows line ends, Latin-1, odd spaces, no line end at the end. */
const ODD = "# caf\xe9\r\n\r\nwork_mem\t= 64mb   # as ever\r\nfsync = maybe\r\neffective_cache_size = 24gb";
const ODD_FIXED =
  "# caf\xe9\r\n\r\nwork_mem\t= 64MB   # as ever\r\nfsync = maybe\r\neffective_cache_size = 24GB";
const odd = () => tree({ "postgresql.conf": Buffer.from(ODD, "latin1") });

test("what is safe is written, every other byte stays, and what is left is reported", () => {
  const cwd = odd();
  expect(byServer(fix(cwd))).toEqual({
    code: 1,
    stdout: 'postgresql.conf:4:9: error server/invalid-boolean fsync is on or off, not "maybe".\n',
    stderr: "pgconflint: 2 fixes in 1 file\n",
  });
  expect(bytesIn(cwd)).toBe(ODD_FIXED);
  expect(readdirSync(cwd)).toEqual(["postgresql.conf"]);
});

test("twice is once, and a file without fixes is not touched", () => {
  const cwd = odd();
  fix(cwd);
  const { ino, mtimeMs } = statSync(join(cwd, "postgresql.conf"));
  expect(fix(cwd).stderr).toBe("pgconflint: 0 fixes in 0 files\n");
  expect(statSync(join(cwd, "postgresql.conf"))).toMatchObject({ ino, mtimeMs });
});

test("what may change how a server behaves is written only by --fix=unsafe", () => {
  const cwd = tree({ "postgresql.conf": "shared_bufers = 1GB\nwork_mem = 64mb\n" });
  expect(fix(cwd).stderr).toBe("pgconflint: 1 fix in 1 file; 1 more with --fix=unsafe\n");
  expect(bytesIn(cwd)).toBe("shared_bufers = 1GB\nwork_mem = 64MB\n");
  expect(fix(cwd, "--fix=unsafe").code).toBe(2);
  expect(byServer(pgconflint(["--fix=unsafe", "--format", "compact"], { cwd }))).toEqual({
    code: 0,
    stdout: "",
    stderr: "pgconflint: 1 fix in 1 file\n",
  });
  expect(bytesIn(cwd)).toBe("shared_buffers = 1GB\nwork_mem = 64MB\n");
});

test("only what is reported is fixed: the named files and what they include", () => {
  const wrong = "work_mem = 64mb\n";
  const cwd = tree({
    "postgresql.conf": `include 'conf.d/a.conf'\nmaintenance_${wrong}`,
    "conf.d/a.conf": wrong,
    "other/postgresql.conf": wrong,
    "pg_hba.conf": "local all all scram\n",
  });
  expect(fix(cwd, "postgresql.conf").stderr).toBe("pgconflint: 2 fixes in 2 files\n");
  expect(bytesIn(cwd, "conf.d/a.conf")).toBe("work_mem = 64MB\n");
  expect(bytesIn(cwd, "other/postgresql.conf")).toBe(wrong);
  expect(bytesIn(cwd, "pg_hba.conf")).toBe("local all all scram\n");
});

test("what a comment suppresses, and what a baseline knows, stays", () => {
  const cwd = tree({
    "postgresql.conf":
      "# pgconflint-disable-next-line server/invalid-number -- the deployment fills it in\nwork_mem = 64mb\nmaintenance_work_mem = 64mb\n",
  });
  pgconflint(["--baseline", "known.json", "--update-baseline"], { cwd });
  expect(fix(cwd, "--baseline", "known.json").stderr).toBe("pgconflint: 0 fixes in 0 files\n");
  expect(fix(cwd).stderr).toBe("pgconflint: 1 fix in 1 file\n");
  expect(bytesIn(cwd)).toMatch(/^work_mem = 64mb\nmaintenance_work_mem = 64MB$/m);
  expect(fix(cwd, "--baseline", "known.json", "--update-baseline")).toEqual({
    code: 2,
    stdout: "",
    stderr: "pgconflint: --update-baseline records what is there; run it without --fix and --diff\n",
  });
});

test("one file that two servers share is fixed once", () => {
  const cwd = tree({
    "a/postgresql.conf": "include '../common.conf'\n",
    "b/postgresql.conf": "include '../common.conf'\n",
    "common.conf": "work_mem = 64mb\n",
  });
  symlinkSync("common.conf", join(cwd, "alias.conf"));
  writeFileSync(join(cwd, "b/postgresql.conf"), "include '../alias.conf'\n");
  expect(fix(cwd).stderr).toBe("pgconflint: 1 fix in 1 file\n");
  expect(bytesIn(cwd, "common.conf")).toBe("work_mem = 64MB\n");
  expect(lstatSync(join(cwd, "alias.conf")).isSymbolicLink()).toBe(true);
});

test("a link stays, and what it leads to is written", () => {
  const cwd = tree({ "real/site.conf": "work_mem = 64mb\n", "conf/x": "" });
  symlinkSync("../real/site.conf", join(cwd, "conf/postgresql.conf"));
  fix(cwd, "conf/postgresql.conf");
  expect(lstatSync(join(cwd, "conf/postgresql.conf")).isSymbolicLink()).toBe(true);
  expect(bytesIn(cwd, "real/site.conf")).toBe("work_mem = 64MB\n");
  expect(readdirSync(join(cwd, "real"))).toEqual(["site.conf"]);
});

test("mode and owner stay", () => {
  const cwd = odd();
  const file = join(cwd, "postgresql.conf");
  if (isRoot) chownSync(file, 4321, 1234);
  chmodSync(file, 0o640);
  const { uid, gid, mode } = statSync(file);
  fix(cwd);
  expect(bytesIn(cwd)).toBe(ODD_FIXED);
  expect(statSync(file)).toMatchObject({ uid, gid, mode });
});

describe("a file that cannot be written as it should be is told in one line, and nothing is written", () => {
  const refuses = (cwd: string, line: string, as = {}) => {
    const before = readdirSync(cwd);
    const { code, stdout, stderr } = pgconflint(["--fix"], { cwd, ...as });
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `pgconflint: ${line}\n` });
    expect(bytesIn(cwd)).toBe(ODD);
    expect(readdirSync(cwd)).toEqual(before);
  };

  test("with another hard link", () => {
    const cwd = odd();
    linkSync(join(cwd, "postgresql.conf"), join(cwd, "backup"));
    refuses(cwd, "postgresql.conf: not written, as it has another hard link");
  });

  /** Root may write everything; so nobody does. */
  const nobody = isRoot ? { uid: 65534, gid: 65534 } : {};

  test("without the right to write it", () => {
    const cwd = odd();
    chmodSync(cwd, 0o777);
    chmodSync(join(cwd, "postgresql.conf"), 0o444);
    refuses(cwd, "postgresql.conf: cannot be written: Permission denied", nobody);
  });

  test("in a directory without the right to write", () => {
    const cwd = odd();
    chmodSync(join(cwd, "postgresql.conf"), 0o666);
    chmodSync(cwd, 0o555);
    refuses(cwd, "postgresql.conf: cannot be written: Permission denied", nobody);
  });

  test.runIf(isRoot)("of another owner, who would lose it", () => {
    const cwd = odd();
    chmodSync(cwd, 0o777);
    chmodSync(join(cwd, "postgresql.conf"), 0o666);
    refuses(cwd, "postgresql.conf: cannot be written: Operation not permitted", nobody);
  });
});

describe("standard input", () => {
  const input = "work_mem = 64mb\ninclude 'a.conf'\n";
  const named = ["-", "--stdin-filename", "postgresql.conf"];
  const folder = () => tree({ "postgresql.conf": "port = 1\n", "a.conf": "maintenance_work_mem = 64mb\n" });

  test("is not written back, nor what it includes", () => {
    const cwd = folder();
    const { code, stdout, stderr } = pgconflint(["--fix", "--format", "compact", ...named], { cwd, input });
    expect(stdout).toContain("postgresql.conf:1:");
    expect([code, stderr]).toEqual([
      1,
      "pgconflint: standard input cannot be written to, so nothing is fixed; --diff prints what would be\n",
    ]);
    expect(bytesIn(cwd) + bytesIn(cwd, "a.conf")).toBe("port = 1\nmaintenance_work_mem = 64mb\n");
  });

  test("has a difference", () => {
    const { stdout } = pgconflint(["--diff", ...named], { cwd: folder(), input });
    expect(stdout).toContain("--- a/postgresql.conf\n");
    expect(stdout).toContain("-work_mem = 64mb\n+work_mem = 64MB\n");
    expect(pgconflint(["--diff", "-"], { input: "work_mem = 64mb\n" }).stdout).toContain("--- a/stdin\n");
  });
});

describe("--diff", () => {
  const apply = (cwd: string, command: string, input: string | Buffer) => {
    const run = spawnSync("bash", ["-c", command], { cwd, input, encoding: "utf8" });
    expect(run.status, run.stderr + run.stdout).toBe(0);
  };
  const diffOf = (cwd: string, ...args: string[]) =>
    execFileSync(
      "bash",
      ["-c", 'node "$0" --diff "$@" 2>/dev/null || true', join(root, "bin/pgconflint.js"), ...args],
      {
        cwd,
      },
    );

  test("changes nothing, prints nothing else, and judges the files as they are", () => {
    const cwd = odd();
    const { code, stdout, stderr } = pgconflint(["--diff"], { cwd });
    expect([code, stderr]).toEqual([1, "pgconflint: 2 fixes in 1 file, none of them written\n"]);
    expect(stdout).toMatch(/^--- a\/postgresql\.conf\n\+\+\+ b\/postgresql\.conf\n@@ /);
    expect(bytesIn(cwd)).toBe(ODD);
  });

  test.each(["git apply", "patch -p1 --no-backup-if-mismatch"])(
    "%s makes of it what --fix does",
    (command) => {
      const cwd = tree({
        "postgresql.conf": Buffer.from(ODD, "latin1"),
        "my server/\u00e9/pg_hba.conf": `${"# filler\n".repeat(20)}local all all scram`,
        "b/postgresql.conf": Array.from(
          { length: 40 },
          (_, at) => `app.v${at} = 1\nwork_mem = ${at + 1}mb\n`,
        ).join(""),
      });
      symlinkSync("my server", join(cwd, "link"));
      const shipped = diffOf(cwd, ".", "link");
      apply(cwd, command, shipped);
      const files = ["postgresql.conf", "my server/\u00e9/pg_hba.conf", "b/postgresql.conf"];
      const patched = files.map((file) => bytesIn(cwd, file));
      expect(patched[0]).toBe(ODD_FIXED);
      expect(patched[1]).toMatch(/^(# filler\n)+local all all scram-sha-256$/);
      expect(diffOf(cwd, ".").toString()).toBe("");
    },
  );

  test("applies below the top of a repository, and from the root for a path outside", () => {
    const cwd = tree({
      "sub/postgresql.conf": "work_mem = 64mb\n",
      "out/postgresql.conf": "work_mem = 64mb\n",
    });
    execFileSync("git", ["init", "-q", cwd]);
    apply(join(cwd, "sub"), "git apply", diffOf(join(cwd, "sub")));
    expect(bytesIn(cwd, "sub/postgresql.conf")).toBe("work_mem = 64MB\n");
    apply("/", "patch -p1", diffOf(join(cwd, "sub"), "../out"));
    expect(bytesIn(cwd, "out/postgresql.conf")).toBe("work_mem = 64MB\n");
  });

  test("of --fix=unsafe has what is unsafe as well", () => {
    const cwd = tree({ "postgresql.conf": "shared_bufers = 1GB\n" });
    const safe = pgconflint(["--diff"], { cwd });
    expect([safe.stdout, safe.stderr]).toEqual([
      "",
      "pgconflint: 0 fixes in 0 files, none of them written; 1 more with --fix=unsafe\n",
    ]);
    expect(pgconflint(["--diff", "--fix=unsafe"], { cwd }).stdout).toContain("+shared_buffers = 1GB\n");
    expect(bytesIn(cwd)).toBe("shared_bufers = 1GB\n");
  });

  test("shows no secret, and tells what it leaves out", () => {
    const cwd = tree({
      "postgresql.conf": "primary_conninfo = 'host=a password=hunter2xyzzy'\nwork_mem = 64mb\n",
    });
    const { stdout, stderr } = pgconflint(["--diff"], { cwd });
    expect(stdout).toBe("");
    expect(stderr).toContain("postgresql.conf: 1 change left out, as a password stands beside; see --fix\n");
  });

  test("leaves standard output to no format", () => {
    const cwd = odd();
    expect(pgconflint(["--diff", "--format", "json"], { cwd })).toEqual({
      code: 2,
      stdout: "",
      stderr: "pgconflint: --diff and --format json both want standard output; say json=FILE\n",
    });
    pgconflint(["--diff", "--format", "json=out.json"], { cwd });
    expect(JSON.parse(bytesIn(cwd, "out.json")).summary.error).toBe(3);
  });
});

test("help tells of both", () => {
  const { stdout } = pgconflint(["check", "--help"], { cwd: scratch() });
  expect(stdout).toContain("--fix");
  expect(stdout).toContain("--diff");
});
