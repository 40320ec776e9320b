import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/fixtures.ts";
import { tree } from "../support/tree.ts";

/** Answers each question when it stands on the terminal, as somebody does who sits there; script(1) makes the terminal. */
function atTerminal(
  cwd: string,
  answers: readonly string[],
): Promise<{ code: number | null; screen: string }> {
  const command = `${process.execPath} ${join(root, "bin/pgconflint.js")} init`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    cwd,
    env: { PATH: process.env.PATH, TERM: "xterm", LANG: "C.UTF-8" },
    timeout: 20_000,
  });
  const left = [...answers];
  let screen = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    screen += text;
    if (screen.endsWith("]: ")) child.stdin.write(left.shift() ?? "\u0004");
  });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => done({ code, screen: screen.replaceAll("\r\n", "\n") }));
  });
}

const FILES = { ".git/HEAD": "", "postgresql.conf": "work_mem = 64 MB\n", ".gitlab-ci.yml": "" };

test("init asks on a real terminal, and shows the lines for the CI there", async () => {
  const cwd = tree(FILES);
  const { code, screen } = await atTerminal(cwd, [
    "16\n",
    "32 gigs\n",
    "32GB\n",
    "8\n",
    "\n",
    "\n",
    "strict\n",
    "n\n",
  ]);
  expect(code).toBe(0);
  expect(screen).toContain(
    'Memory of the server, such as 32GB [not known]: 32 gigs\n  "32 gigs" is not a size',
  );
  expect(screen).toContain("\nGitLab:\n\n# .gitlab-ci.yml\npgconflint:\n");
  expect(screen).toMatch(/\n {2}\u001b\[1mpgconflint check\u001b\[22m\n$/);
  const written = readFileSync(join(cwd, "pgconflint.ini"), "utf8").split("\n");
  expect(written).toEqual(
    expect.arrayContaining(["postgres = 16", "memory = 32GB", "cpus = 8", "profile = strict"]),
  );
});

test("the end of the input ends it, and nothing is written", async () => {
  const cwd = tree(FILES);
  const { code, screen } = await atTerminal(cwd, ["16\n", "\u0004"]);
  expect(code).toBe(2);
  expect(screen).toContain(
    "pgconflint: init: no answer, and nothing is written; --yes takes what the files tell\n",
  );
  expect(() => readFileSync(join(cwd, "pgconflint.ini"))).toThrow();
});
