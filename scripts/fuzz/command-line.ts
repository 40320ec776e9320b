import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FORMATS } from "../../src/cli/options.ts";
import { parseConfig } from "../../src/node/config.ts";
import { UserError } from "../../src/node/problem.ts";
import { ruleIds } from "../../src/rules/ids.ts";
import { run } from "../../test/support/run.ts";
import { SECRET } from "./case.ts";
import { clean } from "./clean.ts";
import { NASTY } from "./nasty.ts";
import type { Random } from "./random.ts";
import { asJson, clusterFiles, must, type Target } from "./target.ts";

const INI = [
  ...[
    "[target]",
    "[host]",
    "[workload]",
    "[check]",
    "[rules]",
    "[paths]",
    "postgres = 16",
    "pgbouncer = 1.25",
  ],
  ...[
    "memory = 32GB",
    "cpus = 8",
    "disk = ssd",
    "share = 50%",
    "kind = web",
    "connections = 300",
    "superusers = a, b",
  ],
  ...[
    "profile = strict",
    "fail_on = info",
    "max_warnings = 3",
    "baseline = known.json",
    "access/trust-local = off",
  ],
  ...[
    "*a*a*a*a*b = access/*:off",
    "standby/** = backup/*:off",
    "server/* = info",
    "; x",
    "# y",
    "__proto__ = 1",
  ],
  ...["[__proto__]", "[constructor.prototype]", "constructor = 1", "[a]", "a[] = b", "toString = off"],
];

const iniText = (random: Random) =>
  random.some(12, () => (random.oneIn(6) ? random.pick(NASTY) : (random.pick(INI) ?? ""))).join("\n");

/** What nobody may change for the whole program. */
const poisoned = () =>
  Object.keys({}).length > 0 || "polluted" in {} || Object.keys(Object.prototype).length > 0;

const config: Target = {
  name: "pgconflint.ini",
  make: (random) => ({ files: [{ path: "pgconflint.ini", text: iniText(random) }], words: [] }),
  check({ files: [file] }) {
    try {
      parseConfig("pgconflint.ini", String(file?.text ?? ""), ruleIds);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      must(!error.message.includes("\n"), () => `more than one line: ${asJson(error.message)}`);
    }
    must(!poisoned(), () => "an object has got a key that nobody gave it");
  },
};

const HOST = ["--memory", "16GB", "--cpus", "4"];
const COMMANDS: readonly [readonly string[], ...(readonly string[])[]] = [
  ["check", "--fix", "--diff", ...HOST],
  ...FORMATS.map((format) => ["check", "--format", format]),
  ["check", "--fix=unsafe", "--profile", "strict", ...HOST],
  ["check", "--timing", "--format", "compact", "--color"],
  ["check", "--baseline", "known.json", "--update-baseline"],
  ["show", "--all"],
  ["show", "--format", "json"],
  ["hba", "list"],
  ["hba", "list", "--format", "json"],
  ["hba", "explain"],
  ["hba", "match", "--user", "a", "--address", "10.1.2.3"],
  ["hba", "match", "--user", "a", "--roles", "roles"],
  ["hba", "diff", "pg_hba.conf", "pg_hba.conf"],
  ["tune", "--diff", ...HOST],
  ["tune", "--apply", ...HOST],
  ["upgrade", "--postgres", "13", "--to", "18"],
  ["upgrade", "--postgres", "10", "--format", "json"],
  ["compare", ".", "postgresql.conf"],
  ["compare", "--group", ".", "--format", "json"],
  ["compare", "postgresql.conf", "conf.d", "--format", "markdown"],
  ["init", "--yes"],
];

/** The command line over files on a disk: an exit code that is documented, one line for each mistake, nothing secret. */
const commands: Target = {
  name: "command line",
  make(random) {
    const command = [...random.pick(COMMANDS)];
    if (random.oneIn(10)) command.splice(random.below(command.length + 1), 0, random.pick(NASTY));
    const files = clusterFiles(random, true);
    const ini = random.oneIn(4) ? [{ path: "pgconflint.ini", text: iniText(random) }] : [];
    return { files: [...files, ...ini], words: command };
  },
  async check({ files, words }) {
    const cwd = mkdtempSync(join(tmpdir(), "pgconflint-fuzz-"));
    let out = { stdout: "", stderr: "" };
    try {
      mkdirSync(join(cwd, ".git"));
      for (const { path, text } of files) {
        mkdirSync(dirname(join(cwd, path)), { recursive: true });
        writeFileSync(join(cwd, path), text);
      }
      const { code, ...printed } = await run(words, { cwd, env: { LANG: "C.UTF-8" } });
      out = printed;
      must(code !== 3, () => `it ends with ${asJson(out.stderr)}`);
      must(code !== 2 || out.stderr !== "" || words[0] === "hba", () => "exit code 2 without a word");
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
    must(!out.stdout.includes(SECRET) && !out.stderr.includes(SECRET), () => {
      const all = out.stdout + out.stderr;
      return `shows a secret: ${asJson(all.slice(Math.max(0, all.indexOf(SECRET) - 200)))}`;
    });
    // A difference is made for git, and has the file's own bytes.
    if (!words.includes("--diff") && !words.includes("--color")) clean(out.stdout, "standard output");
    clean(out.stderr, "standard error");
    must(!poisoned(), () => "an object has got a key that nobody gave it");
  },
};

export const commandLine: readonly Target[] = [config, commands];
