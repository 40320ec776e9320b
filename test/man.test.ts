import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COMMANDS } from "../src/cli/options.ts";
import { root } from "./support/fixtures.ts";

const path = join(root, "man/pgconflint.1");
const page = readFileSync(path, "utf8");

test("the manual page has every command with its options and an example", () => {
  for (const [name, { options, example }] of Object.entries(COMMANDS)) {
    const [, section = ""] = page.split(`.SS ${name}\n`);
    const [commands = ""] = section.split(/^\.S[SH] /m);
    for (const option of Object.keys(options))
      expect(commands, `${name} --${option}`).toContain(`\\fB\\-\\-${option.replaceAll("-", "\\-")}\\fR`);
    expect(page).toContain(`.EX\n${example.replaceAll("-", "\\-")}\n.EE`);
  }
});

const readers = [
  ["groff", ["-ww", "-man", "-Tutf8", path], ""],
  ["man", ["--warnings", "--local-file", path], ""],
  ["lexgrog", [path], `${path}: "pgconflint - linter for PostgreSQL and PgBouncer configuration"\n`],
] as const;
const here = readers.filter(([program]) => !spawnSync(program, ["--version"]).error);
if (here.length < readers.length)
  console.warn("The manual page is not held against man and groff: not installed");

test.each(here)("%s reads it without a word", (program, args, output) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    env: { PATH: process.env.PATH, LANG: "C.UTF-8", MANROFFOPT: "-ww" },
  });
  expect([status, stderr]).toEqual([0, ""]);
  if (output !== "") expect(stdout).toBe(output);
});
