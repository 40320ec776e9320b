import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "../../src/node/config.ts";
import { ruleIds } from "../../src/rules/ids.ts";
import { root } from "../support/fixtures.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const CONF = { "postgresql.conf": "fsync = off\n", PG_VERSION: "16\n" };
const repository = (files: Readonly<Record<string, string>>) => tree({ ".git/HEAD": "", ...files });
const ini = (cwd: string) => readFileSync(join(cwd, "pgconflint.ini"), "utf8");
/** The keys that are set. */
const keys = (cwd: string) =>
  ini(cwd)
    .split("\n")
    .filter((line) => /^\w/.test(line));
const template = (name: string) => readFileSync(join(root, "templates", name), "utf8");

/** Somebody at the terminal, with these answers; what was asked is kept. */
function somebody(...answers: readonly string[]) {
  const left = [...answers];
  const asked: string[] = [];
  const ask = (question: string) => {
    asked.push(question.trim());
    return left.shift();
  };
  return { ask, asked };
}

describe("init --yes", () => {
  test("writes what no file tells, with what each key is for", async () => {
    const cwd = repository({ ...CONF, "pgbouncer.ini": "[pgbouncer]\n" });
    const { code, stdout, stderr } = await run(["init", "--yes", "--memory", "32GB"], { cwd });
    expect([code, stdout]).toEqual([0, ""]);
    expect(ini(cwd)).toBe(`# How pgconflint checks the configuration in this directory and below it. All keys:
# https://github.com/pgconflint/pgconflint/blob/main/docs/guide/configuration.md

[target]
# The releases that run. Without them PG_VERSION, the path or a comment in a file tells,
# else it is the newest.
# postgres = 16
# pgbouncer = 1.25

[host]
# The server's machine; without it nothing is said about sizes.
# On the server, pgconflint host --save fills this in.
memory = 32GB
# cpus = 8
# disk = ssd

[check]
# From which severity on a finding makes the exit code 1: error, warning, info, never.
fail_on = error
# Whose rules: default, strict, cis, stig.
profile = default
# Findings that are known and not told again; pgconflint check --update-baseline records them.
# baseline = pgconflint-baseline.json

[rules]
# off, on, or another severity, for a rule or for a whole topic.
# access/trust-local = off
`);
    expect(stderr).toMatch(
      /^Found postgresql\.conf and 1 more file\n {2}PostgreSQL 16, from PG_VERSION\n {2}PgBouncer 1\.25, the newest\n\npgconflint\.ini: written\n\nNo CI found here/,
    );
    expect(stderr).toMatch(/ a run today, of \d+\.\nNext, to see them; .*\n {2}pgconflint check\n$/);
    expect((await run(["check", "--format", "json"], { cwd })).stderr).toBe("");
    expect(loadConfig(undefined, cwd)?.failOn).toBe("error");
  });

  test("writes keys that are good as they stand in the comments", async () => {
    const cwd = repository({});
    await run(["init", "--yes"], { cwd });
    const all = ini(cwd).replace(/^# (?=[\w/-]+ = )/gm, "");
    const { config } = { config: tree({ "pgconflint.ini": all }) };
    expect(loadConfig(undefined, config, ruleIds)).toMatchObject({
      target: { postgres: "17", pgbouncer: "1.25" },
      host: { memory: { value: 32 * 1024 ** 3 }, cpus: { value: 8 }, disk: { value: "ssd" } },
      failOn: "error",
      baseline: "pgconflint-baseline.json",
      lint: { profile: "default", rules: { "access/trust-local": "off" } },
    });
  });

  test("takes each option, and refuses one that is none", async () => {
    const cwd = repository(CONF);
    const given = "--postgres 17.2 --cpus 4 --disk nvme --fail-on warning --profile cis --baseline b.json";
    expect((await run(["init", "--yes", ...given.split(" ")], { cwd })).code).toBe(0);
    expect(keys(cwd)).toEqual([
      "postgres = 17.2",
      "cpus = 4",
      "disk = nvme",
      "fail_on = warning",
      "profile = cis",
      "baseline = b.json",
    ]);
    for (const [option, word, said] of [
      ["--postgres", "9.6", /^pgconflint: .*9\.6.* 10 to 18/m],
      ["--memory", "32 gigs", /^pgconflint: --memory 32 gigs: not a size, such as 32GB$/m],
      ["--disk", "tape", /^pgconflint: --disk tape: not one of ssd, nvme, hdd, network$/m],
    ] as const) {
      const { code, stderr } = await run(["init", "--yes", "--force", option, word], { cwd });
      expect(code).toBe(2);
      expect(stderr).toMatch(said);
    }
    expect(keys(cwd)).toContain("postgres = 17.2");
  });

  test("takes this machine where the server itself is here, and nothing of it for a copy of the files", async () => {
    const here = tree({ ...CONF, "global/pg_control": "" });
    await run(["init", "--yes"], { cwd: here });
    expect(keys(here)[0]).toMatch(/^memory = \d/);
    const copy = tree(CONF);
    await run(["init", "--yes"], { cwd: copy });
    expect(keys(copy)).toEqual(["fail_on = error", "profile = default"]);
  });

  test("leaves the release to several servers that differ", async () => {
    const cwd = repository({
      "a/postgresql.conf": "",
      "a/PG_VERSION": "15\n",
      "b/postgresql.conf": "",
      "b/PG_VERSION": "16\n",
    });
    const { stderr } = await run(["init", "--yes"], { cwd });
    expect(stderr).toContain(
      "Found a/postgresql.conf and 1 more file\n  PostgreSQL 15, 16, from PG_VERSION\n",
    );
    expect(ini(cwd)).toContain("\n# postgres = 17\n");
  });

  test("works before there is any configuration", async () => {
    const cwd = repository({});
    const { code, stderr } = await run(["init", "--yes", "--postgres", "16"], { cwd });
    expect([code, stderr.split("\n")[0]]).toEqual([
      0,
      "No configuration of PostgreSQL or PgBouncer here yet",
    ]);
    expect(keys(cwd)[0]).toBe("postgres = 16");
  });

  test("tells what is wrong with the files, and writes nothing", async () => {
    const cwd = repository({ ...CONF, PG_VERSION: "9.4\n" });
    expect((await run(["init", "--yes"], { cwd })).code).toBe(2);
    expect((await run(["init", "--yes", "none"], { cwd })).stderr).toContain(
      "pgconflint: none: No such file",
    );
    expect(existsSync(join(cwd, "pgconflint.ini"))).toBe(false);
  });
});

describe("init never overwrites", () => {
  test.each([
    ["here", "", "pgconflint.ini"],
    ["further up, where it counts here too", "db", "../pgconflint.ini"],
  ])("a pgconflint.ini %s, unless forced", async (_, folder, name) => {
    const top = repository({ "pgconflint.ini": "[hots]\n", "db/postgresql.conf": "" });
    const cwd = join(top, folder);
    expect(await run(["init", "--yes"], { cwd })).toEqual({
      code: 2,
      stdout: "",
      stderr: `pgconflint: ${name}: is there already; --force writes a new pgconflint.ini\n`,
    });
    expect(ini(top)).toBe("[hots]\n");
    expect((await run(["init", "--yes", "--force"], { cwd })).code).toBe(0);
    expect(keys(cwd)).toEqual(["fail_on = error", "profile = default"]);
    if (folder !== "") expect(ini(top)).toBe("[hots]\n");
  });

  test("and tells a directory of that name", async () => {
    const cwd = repository(CONF);
    mkdirSync(join(cwd, "pgconflint.ini"));
    const { code, stderr } = await run(["init", "--yes", "--force"], { cwd });
    expect([code, stderr.split("\n").at(-2)]).toEqual([
      2,
      "pgconflint: pgconflint.ini: cannot be written: Is a directory",
    ]);
  });
});

describe("init on a terminal", () => {
  test("asks, with what Enter means, and asks again where an answer is none", async () => {
    const cwd = repository({ ...CONF, "pgbouncer.ini": "[pgbouncer]\n" });
    const { ask, asked } = somebody("", "1.99", "1.24", "32 gigs", "32GB", "", "ssd", "warning", "", "yes");
    const { code, stderr } = await run(["init"], { cwd, ask });
    expect(code).toBe(0);
    expect(asked).toEqual([
      "Release of PostgreSQL [16, from PG_VERSION]:",
      "Release of PgBouncer [1.25, the newest]:",
      "Release of PgBouncer [1.25, the newest]:",
      "Memory of the server, such as 32GB [not known]:",
      "Memory of the server, such as 32GB [not known]:",
      "Its processors, such as 8 [not known]:",
      "What the data is on: ssd, nvme, hdd, network [not known]:",
      "Fail a run from which severity on: error, warning, info, never [error]:",
      "Whose rules: default, strict, cis, stig [default]:",
      expect.stringMatching(
        /^\d+ findings fail a run today\. Tell only what is new from now on: yes, no \[no\]:$/,
      ),
    ]);
    expect(stderr).toContain('"1.99" is not a release from 1.15 to 1.25, such as 1.25 or 1.25.2.\n');
    expect(stderr).toContain('"32 gigs" is not a size, such as 32GB.\n');
    expect(keys(cwd)).toEqual([
      "pgbouncer = 1.24",
      "memory = 32GB",
      "disk = ssd",
      "fail_on = warning",
      "profile = default",
      "baseline = pgconflint-baseline.json",
    ]);
    expect(stderr).toMatch(/Next, record \d+ findings as known:\n {2}pgconflint check --update-baseline\n$/);
    expect((await run(["check"], { cwd })).code).toBe(2);
    expect((await run(["check", "--update-baseline"], { cwd })).code).toBe(0);
    expect((await run(["check"], { cwd })).code).toBe(0);
  });

  test("looks as the guide has it", async () => {
    const guide = readFileSync(join(root, "docs/guide/command-line.md"), "utf8");
    const [, shown = ""] = /^```\n\$ pgconflint init\n([\s\S]*?)^```$/m.exec(guide) ?? [];
    const cwd = repository({ ".github/workflows/ci.yml": "" });
    cpSync(join(root, "fixtures/servers/shop"), join(cwd, "conf"), { recursive: true });
    const answers = ["", "", "32GB", "8", "ssd", "", "", "yes"];
    let screen = "";
    const print = (text: string | Uint8Array) => {
      screen += text;
    };
    const ask = (question: string) => {
      const answer = answers.shift();
      print(`${question}${answer}\n`);
      return answer;
    };
    await run(["init"], { cwd, ask, stdout: print, stderr: print });
    // How many there are is up to the rules.
    const uncounted = (text: string) => text.replaceAll(/\d+ findings/g, "N findings");
    const [before = "", after = ""] = uncounted(shown).split("…\n");
    screen = uncounted(screen);
    expect(screen.slice(0, before.length)).toBe(before);
    expect(screen.slice(-after.length)).toBe(after);
  });

  test("does not ask what an option says, and offers no baseline where nothing fails", async () => {
    const cwd = repository({ ...CONF, "postgresql.conf": "# pgconflint: memory=4GB\nport = 5432\n" });
    const { ask, asked } = somebody("", "", "");
    const { code } = await run(["init", "--postgres", "16", "--fail-on", "never", "--disk", "hdd"], {
      cwd,
      ask,
    });
    expect(code).toBe(0);
    expect(asked).toEqual([
      "Memory of the server, such as 32GB [4GB, from a comment in the file]:",
      "Its processors, such as 8 [not known]:",
      "Whose rules: default, strict, cis, stig [default]:",
    ]);
    expect(keys(cwd)).toEqual(["postgres = 16", "disk = hdd", "fail_on = never", "profile = default"]);
  });

  test.each([
    ["where nobody is there", somebody()],
    ["where somebody leaves", somebody("16", "32GB")],
  ])("writes nothing %s", async (_, { ask }) => {
    const cwd = repository(CONF);
    const { code, stderr } = await run(["init"], { cwd, ask });
    expect([code, stderr.split("\n").at(-2)]).toEqual([
      2,
      "pgconflint: init: no answer, and nothing is written; --yes takes what the files tell",
    ]);
    expect(readdirSync(cwd)).not.toContain("pgconflint.ini");
  });
});

describe("init prints the lines", () => {
  test.each([
    [".github/workflows/ci.yml", "GitHub Actions", "github-actions.yml"],
    [".gitlab-ci.yml", "GitLab", "pgconflint.gitlab-ci.yml"],
    ["Jenkinsfile", "Jenkins", "Jenkinsfile"],
    ["azure-pipelines.yml", "Azure Pipelines", "azure-pipelines.yml"],
    ["bitbucket-pipelines.yml", "Bitbucket Pipelines", "bitbucket-pipelines.yml"],
    [".circleci/config.yml", "CircleCI", "circleci.yml"],
    [".forgejo/workflows/ci.yml", "Forgejo or Gitea", "forgejo.yml"],
    [".gitea/workflows/ci.yml", "Forgejo or Gitea", "forgejo.yml"],
    [".pre-commit-config.yaml", "pre-commit", "pre-commit.yml"],
    ["lefthook.yml", "lefthook", "lefthook.yml"],
    [".husky/pre-commit", "husky", "husky"],
    ["package.json", "npm", "package-json"],
  ])("for %s, unless they are there", async (sign, name, file) => {
    const fresh = await run(["init", "--yes"], { cwd: repository({ ...CONF, [sign]: "" }) });
    expect(fresh.stdout).toBe(template(file));
    expect(fresh.stderr).toContain(`\n${name}:\n\n`);
    const again = await run(["init", "--yes"], { cwd: repository({ ...CONF, [sign]: template(file) }) });
    expect(again.stdout).toBe("");
    expect(again.stderr).toContain(`\n${name} runs pgconflint already.\n`);
  });

  test("for each of several, and package.json only where there is nothing else", async () => {
    const cwd = repository({ ".gitlab-ci.yml": "", ".pre-commit-config.yaml": "", "package.json": "" });
    const { stdout, stderr } = await run(["init", "--yes"], { cwd });
    expect(stdout).toBe(template("pgconflint.gitlab-ci.yml") + template("pre-commit.yml"));
    expect(stderr).not.toContain("npm");
  });

  const placed = async (sign: string, folder: string) => {
    const cwd = join(repository({ [sign]: "", [`${folder}/postgresql.conf`]: "" }), folder);
    return (await run(["init", "--yes"], { cwd })).stdout;
  };

  test("for a folder of the repository such that its pgconflint.ini counts", async () => {
    expect(parse(await placed(".github/workflows/x", "db")).jobs.pgconflint.steps[1].with).toEqual({
      "working-directory": "db",
    });
    expect(parse(await placed(".pre-commit-config.yaml", "db")).repos[0].hooks).toEqual([
      { id: "pgconflint", args: ["--config", "db/pgconflint.ini"] },
    ]);
    const { pgconflint } = parse(await placed(".gitlab-ci.yml", "db"));
    expect(pgconflint.rules[0].changes).toContain("db/pgconflint.ini");
    expect(pgconflint.variables).toBeUndefined();
    for (const sign of [
      ".gitlab-ci.yml",
      "Jenkinsfile",
      "azure-pipelines.yml",
      "package.json",
      "lefthook.yml",
    ])
      expect(await placed(sign, "db")).toContain(
        "pgconflint check db --config db/pgconflint.ini".replace(/^pgconflint/, ""),
      );
    expect(parse(await placed(".circleci/config.yml", "my db")).jobs.pgconflint.steps[2].run).toContain(
      ' check "my db" --config "my db/pgconflint.ini" --color ',
    );
  });
});
