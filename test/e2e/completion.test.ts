import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pgconflint, scratch } from "../support/cli.ts";
import { root } from "../support/fixtures.ts";

/** What is offered behind each line, in a folder with a postgresql.conf. */
const LINES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ["pgconflint ex", ["explain"]],
  ["pgconflint postg", ["postgresql.conf"]],
  ["pgconflint --form", ["--format"]],
  ["pgconflint check postgresql.conf --fo", ["--follow", "--format"]],
  ["pgconflint --no-c", ["--no-color"]],
  ["pgconflint --format s", ["sarif", "summary"]],
  ["pgconflint check --format=s", ["sarif", "summary"]],
  ["pgconflint --disk ", ["hdd", "network", "nvme", "ssd"]],
  ["pgconflint --fix=", ["safe", "unsafe"]],
  ["pgconflint --fix p", ["postgresql.conf"]],
  ["pgconflint --config ", ["postgresql.conf"]],
  ["pgconflint show --format ", ["json", "text"]],
  ["pgconflint show ", ["postgresql.conf"]],
  ["pgconflint tune --workl", ["--workload"]],
  ["pgconflint hba ", ["diff", "explain", "list", "match"]],
  ["pgconflint hba explain --dial", ["--dialect"]],
  ["pgconflint hba explain ", ["postgresql.conf"]],
  ["pgconflint explain wal_l", ["wal_level", "wal_log_hints"]],
  ["pgconflint explain server/minim", ["server/minimal-wal"]],
  ["pgconflint completion ", ["bash", "fish", "zsh"]],
];

type Shell = (script: string, line: string, cwd: string) => string;

const shells: Readonly<Record<string, Shell>> = {
  // As readline calls it; where the function offers nothing, readline completes files.
  bash: (script, line, cwd) =>
    output(
      "bash",
      ["--norc", "-c", BASH, "bash", script, ...line.split(/(=)| /).filter(Boolean), ...endOf(line)],
      cwd,
    ),
  zsh: (script, line, cwd) =>
    output("zsh", ["-f", join(root, "test/support/complete.zsh"), script, line], cwd),
  fish: (script, line, cwd) =>
    output("fish", ["--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script, line], cwd)
      // With descriptions, and the whole of --option=value.
      .replaceAll(/\t.*$/gm, "")
      .replaceAll(/^--[\w-]+=/gm, ""),
};
const BASH = `source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
$(complete -p pgconflint | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
if ((\${#COMPREPLY[@]})); then printf '%s\\n' "\${COMPREPLY[@]}"; else compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"; fi`;
const endOf = (line: string) => (line.endsWith(" ") ? [""] : []);

// One for all: zsh keeps there what it knows of its own completions.
const home = mkdtempSync(join(tmpdir(), "pgconflint-shells-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function output(shell: string, args: readonly string[], cwd: string): string {
  const { stdout, stderr, error } = spawnSync(shell, args, {
    cwd,
    encoding: "utf8",
    timeout: 20_000,
    env: { PATH: process.env.PATH, HOME: home, TERM: "xterm", LANG: "C.UTF-8", TMPDIR: home },
  });
  if (error) throw error;
  expect(stderr).toBe("");
  return stdout;
}

const missing = Object.keys(shells).filter((shell) => spawnSync(shell, ["-c", ":"]).error);
if (missing.length > 0) console.warn(`No test of completion in ${missing.join(" and ")}: not installed`);

describe.each(Object.keys(shells).filter((shell) => !missing.includes(shell)))("in %s", (name) => {
  const script = join(home, `completion.${name}`);
  beforeAll(() => writeFileSync(script, pgconflint(["completion", name]).stdout));

  test.each(LINES)("%s", (line, offered) => {
    const cwd = scratch();
    writeFileSync(join(cwd, "postgresql.conf"), "");
    const words = shells[name]?.(script, line, cwd).split("\n").filter(Boolean);
    expect(words?.sort()).toEqual(offered);
  });
});

test("the shell is the user's, unless told", () => {
  const own = pgconflint(["completion"], { env: { SHELL: "/usr/bin/zsh" } });
  expect([own.code, own.stdout.split("\n", 1)[0]]).toEqual([0, "#compdef pgconflint"]);
  for (const args of [["completion"], ["completion", "powershell"], ["completion", "bash", "zsh"]])
    expect(pgconflint(args)).toEqual({
      code: 2,
      stdout: "",
      stderr: "pgconflint: say completion bash, completion zsh, completion fish\n",
    });
});
