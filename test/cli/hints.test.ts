import { expect, test } from "vitest";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const check = async (argv: readonly string[], env = {}, terminal = true) => {
  const cwd = tree({ "postgresql.conf": "autovacuum = off\nwork_mem = 4MB\n" });
  return (await run(["postgresql.conf", ...argv], { cwd, env, isTerminal: () => terminal })).stderr;
};

test("somebody at a terminal is told what there is to do next", async () => {
  expect(await check([])).toBe(
    [
      "pgconflint: pgconflint explain vacuum/autovacuum-off tells what is behind a finding",
      "pgconflint: pgconflint --diff --fix=unsafe shows 1 fix more, each worth a look",
      "pgconflint: sizes are not judged: --memory 32GB --disk ssd, or --host this, tells how large the host is",
      "",
    ].join("\n"),
  );
});

test("what is known, or not there, is not asked for", async () => {
  expect(await check(["--memory", "32GB"])).not.toContain("sizes");
  expect(await check(["--min-confidence", "high", "--format", "compact"])).toBe("");
});

test("a pipe, and CI, get none of it", async () => {
  expect(await check([], {}, false)).toBe("");
  expect(await check([], { CI: "true" })).toBe("");
});
