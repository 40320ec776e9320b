// What a pull request can have written outside of its repository: nothing.
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pgconflint } from "../support/cli.ts";
import { tree } from "../support/tree.ts";

const CONF = "work_mem = 64 MB\n";

function machine(files: Readonly<Record<string, string>>): { cwd: string; other: string } {
  const top = tree({
    "machine/keys": "mine\n",
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`repository/${path}`, text])),
  });
  mkdirSync(join(top, "repository/.git"));
  return { cwd: join(top, "repository"), other: join(top, "machine") };
}

const refusal = (words: string) => `pgconflint: ${words}\n`;

test.each([["keys"], ["new"]])("a report whose name is a link to machine/%s is not written", (name) => {
  const { cwd, other } = machine({ "postgresql.conf": CONF });
  symlinkSync(join(other, name), join(cwd, "out.sarif"));
  const { code, stderr } = pgconflint(["--format", "sarif=out.sarif"], { cwd });
  expect([code, stderr]).toEqual([2, refusal("out.sarif: a link that leads out of the repository")]);
  expect(readdirSync(other)).toEqual(["keys"]);
  expect(readFileSync(join(other, "keys"), "utf8")).toBe("mine\n");
});

test("a baseline is in the repository, whatever pgconflint.ini says", () => {
  const ini = "[check]\nbaseline = ../machine/keys\n";
  const { cwd, other } = machine({ "postgresql.conf": CONF, "pgconflint.ini": ini });
  for (const args of [[], ["--update-baseline"]])
    expect(pgconflint(args, { cwd })).toEqual({
      code: 2,
      stdout: "",
      stderr: refusal(
        "pgconflint.ini: baseline = ../machine/keys leads out of the repository; name it with --baseline",
      ),
    });
  symlinkSync(join(other, "keys"), join(cwd, "known.json"));
  expect(
    pgconflint(["--baseline", "known.json", "--update-baseline", "--config", "/dev/null"], { cwd }).code,
  ).toBe(2);
  expect(readFileSync(join(other, "keys"), "utf8")).toBe("mine\n");
});

test("--fix and --apply write no file behind a link that leads out", () => {
  const { cwd, other } = machine({ "a/pg_hba.conf": "" });
  const outside = tree({ "postgresql.conf": CONF });
  symlinkSync(join(outside, "postgresql.conf"), join(cwd, "a/postgresql.conf"));
  for (const args of [
    ["a", "--fix=unsafe"],
    ["a/postgresql.conf", "--fix"],
    ["tune", "--apply", "a", "--memory", "8GB", "--cpus", "2"],
  ])
    expect(pgconflint(args, { cwd }).code).toBe(2);
  expect(readFileSync(join(outside, "postgresql.conf"), "utf8")).toBe(CONF);
  expect(readdirSync(other)).toEqual(["keys"]);
});

test("what is fixed keeps its mode and its link, and leaves nothing beside it", () => {
  const { cwd } = machine({ "real.conf": CONF });
  symlinkSync("real.conf", join(cwd, "postgresql.conf"));
  chmodSync(join(cwd, "real.conf"), 0o640);
  pgconflint(["postgresql.conf", "--fix"], { cwd });
  expect(readFileSync(join(cwd, "postgresql.conf"), "utf8")).toBe("work_mem = '64 MB'\n");
  expect(statSync(join(cwd, "real.conf")).mode & 0o7777).toBe(0o640);
  expect(readdirSync(cwd).sort()).toEqual([".git", "postgresql.conf", "real.conf"]);
});
