import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Repository, snippets } from "../support/repository.ts";

/** A repository with the hook that the guide shows, and the program where npm puts it. */
function repository(): Repository {
  const [hook = ""] = snippets("hooks-and-ci.md", "#!/bin/sh");
  const made = new Repository({ ".githooks/pre-commit": hook });
  chmodSync(join(made.folder, ".githooks/pre-commit"), 0o755);
  made.run("git", "config", "core.hooksPath", ".githooks");
  made.linkProgram();
  return made;
}

describe("the guide's hook of git's own", () => {
  test("stops a bad commit with the finding, and lets a good one pass", () => {
    const db = repository();
    const bad = db.commit({ "my db/postgresql.conf": "work_mem = 64mb\n", "nginx.conf": "server {\n" });
    expect(bad.code).toBe(1);
    expect(bad.output).toContain("my db/postgresql.conf:1:12");
    expect(bad.output).not.toContain("nginx.conf");
    expect(db.commit({ "my db/postgresql.conf": "work_mem = 64MB\n" }).code).toBe(0);
  });

  test("lets a commit without such files, or that only removes one, pass", () => {
    const db = repository();
    expect(db.commit({ "postgresql.conf": "work_mem = 64MB\n" }).code).toBe(0);
    expect(db.commit({ "readme.md": "x\n" })).toEqual({
      code: 0,
      output: expect.not.stringContaining("pgconflint:"),
    });
    db.run("git", "rm", "postgresql.conf");
    expect(db.run("git", "commit", "-m", "gone").code).toBe(0);
  });
});
