import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FORMATS as NAMES } from "../../src/cli/options.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";
import { FORMATS } from "./support.ts";

const FILES = {
  "postgresql.conf": "fsync = maybe\n",
  "pg_hba.conf": "hostssl all all all md5\nhost all all 0.0.0.0/0 trust\n",
};

const check = (cwd: string, ...argv: string[]) => run(argv, { cwd });

test("every format that check offers is tested here", () => {
  expect(Object.keys(FORMATS)).toEqual([...NAMES]);
});

test("all formats at once, each in its file, and nothing on standard output", async () => {
  const cwd = tree(FILES);
  const formats = NAMES.flatMap((name) => ["--format", `${name}=out.${name}`]);
  expect(await check(cwd, ...formats)).toEqual({ code: 1, stdout: "", stderr: "" });
  const written = readdirSync(cwd).filter((name) => name.startsWith("out."));
  expect(written.sort()).toEqual(NAMES.map((name) => `out.${name}`).sort());
  for (const name of written) {
    // The summary of many servers has their findings by number alone.
    const word = name === "out.summary" ? "server/invalid-boolean" : "fsync";
    expect(readFileSync(join(cwd, name), "utf8"), name).toContain(word);
  }
});

test("the page of a server has a picture of its pg_hba.conf", async () => {
  const { stdout } = await check(tree(FILES), "--format", "html");
  expect(stdout).toContain("<h2>Who can reach what</h2>");
  expect(stdout).toContain(">any IPv4 address</text>");
});

test("the page has pictures of those files only that somebody asked about", async () => {
  const { stdout } = await check(tree(FILES), "postgresql.conf", "--format", "html");
  expect(stdout).not.toContain("Who can reach what");
});

test("the pictures of several servers stand under their names", async () => {
  const hba = "local all all peer\n";
  const cwd = tree({
    "a/postgresql.conf": "",
    "a/pg_hba.conf": hba,
    "b/postgresql.conf": "",
    "b/pg_hba.conf": hba,
  });
  const { stdout } = await check(cwd, "a", "b", "--format", "html");
  expect([...stdout.matchAll(/<p class="server">([^<]*)/g)].map((match) => match[1])).toEqual([
    "a/postgresql.conf",
    "b/postgresql.conf",
  ]);
});

test.each([
  ["error", ["error"]],
  ["warning", ["error", "warning"]],
  ["never", []],
])("with --fail-on %s, JUnit's failed tests are those that fail the run", async (least, severities) => {
  const cwd = tree(FILES);
  const { code, stdout } = await check(cwd, "--format", "junit", "--format", "json=out", "--fail-on", least);
  const found: string[] = JSON.parse(readFileSync(join(cwd, "out"), "utf8")).findings.map(
    ({ severity }: { severity: string }) => severity,
  );
  expect(new Set(found).size).toBeGreaterThan(1);
  const failures = [...stdout.matchAll(/<failure type="(\w+)"/g)].map((match) => match[1] ?? "");
  expect(failures.sort()).toEqual(found.filter((severity) => severities.includes(severity)).sort());
  expect(stdout).toContain(`tests="${found.length}" failures="${failures.length}"`);
  expect(code).toBe(failures.length > 0 ? 1 : 0);
});

test("a format that nobody knows", async () => {
  const { code, stderr } = await check(tree(FILES), "--format", "sarfi");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^pgconflint: --format sarfi: not one of pretty, .*; did you mean sarif\?\n$/);
});
