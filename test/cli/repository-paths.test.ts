import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const HBA = "local all all trsut\n";
const repository = (git = ".git/HEAD") => {
  const root = tree({ [git]: "", "db/main/pg_hba.conf": HBA, "db/README": "" });
  mkdirSync(join(root, "empty"));
  return root;
};
const inFormat = async (format: string, cwd: string, ...paths: string[]) =>
  (await run([...paths, "--format", format], { cwd })).stdout;

describe("a run in a folder of a repository", () => {
  test.each([
    ["github", "file=db/main/pg_hba.conf,"],
    ["azure", "sourcepath=db/main/pg_hba.conf;"],
    ["gitlab", '"path": "db/main/pg_hba.conf"'],
    ["sarif", '"uri": "db/main/pg_hba.conf"'],
    ["junit", 'file="db/main/pg_hba.conf"'],
    ["checkstyle", '<file name="db/main/pg_hba.conf">'],
    ["markdown", "`db/main/pg_hba.conf:1`"],
  ])("names files from the repository's root as %s, however they are given", async (format, shown) => {
    const root = repository();
    const printed = await inFormat(format, root, "db");
    expect(printed).toContain(shown);
    for (const path of ["main", "./main/pg_hba.conf", join(root, "db/main"), "../db/main"])
      expect((await inFormat(format, join(root, "db"), path)).replaceAll(/"summary".*/g, "")).toBe(printed);
  });

  test.each(["pretty", "compact", "json"])(
    "names them from there as %s, for who sits there",
    async (format) => {
      const printed = await inFormat(format, join(repository(), "db"));
      expect(printed).toContain("main/pg_hba.conf");
      expect(printed).not.toContain("db/main");
    },
  );

  test("shows the line that it is about all the same", async () => {
    expect(await inFormat("sarif", join(repository(), "db"))).toContain('"text": "local all all trsut"');
  });
});

test("a worktree, whose .git is a file, is a repository as well", async () => {
  expect(await inFormat("github", join(repository(".git"), "db"))).toContain("file=db/main/pg_hba.conf,");
});

test("a file outside of the repository, and any file without one, keeps its name", async () => {
  const root = repository("db/.git/HEAD");
  expect(await inFormat("github", root, "db/main")).toContain("file=db/main/pg_hba.conf,");
  const outside = tree({ "x/.git": "", "y/pg_hba.conf": HBA });
  expect(await inFormat("github", join(outside, "x"), "../y")).toContain("file=../y/pg_hba.conf,");
});

test("of many findings the first are those that keep the server down, then the other errors", async () => {
  const cwd = tree({
    "postgresql.conf": "port = 1\nport = 2\nfsync = off\nwork_mem = 64 MB\n",
    "pg_hba.conf": "host all all 0.0.0.0/0 trust\n",
  });
  const lines = (await inFormat("github", cwd)).trimEnd().split("\n");
  const kinds = lines.map((line) => {
    const severity = /^::(\w+)/.exec(line)?.[1];
    return line.includes("The server does not start") ? `${severity}, refused` : severity;
  });
  expect(kinds.indexOf("error, refused")).toBe(0);
  const order = ["error, refused", "error", "warning, refused", "warning", "notice, refused", "notice"];
  expect(kinds).toEqual(
    kinds.toSorted((one, other) => order.indexOf(String(one)) - order.indexOf(String(other))),
  );
  expect(new Set(kinds).size).toBeGreaterThan(3);
});
