import { chmodSync, cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { action, runAction } from "../support/action.ts";
import { root } from "../support/fixtures.ts";
import { type Registry, startRegistry } from "../support/registry.ts";
import { tree } from "../support/tree.ts";

const BROKEN = "work_mem = 64 MB\nfsync = off\n";
const RIGHT = "port = 5432\n";
const repository = (files: Readonly<Record<string, string>>) => tree({ ".git/HEAD": "", ...files });
const annotations = (stdout: string) =>
  stdout.split("\n").filter((line) => /^::(?:error|warning|notice) file=/.test(line));

describe("action.yml", () => {
  test("has no expression inside of a script, where an input would become code", () => {
    for (const { run } of action.runs.steps) expect(run ?? "").not.toContain("${{");
  });

  test("hands every input over, and says what each is", () => {
    const text = readFileSync(join(root, "action.yml"), "utf8");
    for (const [name, { description }] of Object.entries(action.inputs)) {
      expect(text).toContain(`: \${{ inputs.${name} }}`);
      expect(description).toMatch(/^[A-Z]/);
    }
  });
});

describe("a broken configuration", () => {
  test("fails with annotations, the report in the log, a summary, SARIF, and counts", async () => {
    const workspace = repository({ "db/postgresql.conf": BROKEN });
    const run = await runAction({}, workspace);
    expect(run.code).toBe(1);
    expect(run.outputs).toEqual({
      "exit-code": "1",
      errors: "2",
      warnings: expect.stringMatching(/^\d+$/),
      "sarif-file": expect.stringMatching(/\/pgconflint\.sarif$/),
    });
    expect(annotations(run.stdout)[0]).toMatch(
      /^::error file=db\/postgresql\.conf,line=1,endLine=1,col=15,endColumn=16,title=server\/syntax-error::/,
    );
    expect(run.stdout).toContain('syntax error in file "db/postgresql.conf" line 1, near token "MB"');
    expect(run.summary).toMatch(/^### .*\n\npgconflint: /);
    expect(run.summary).toContain("`db/postgresql.conf:1`");
    expect(run.used).toEqual([]);
  });

  test("in a folder is known by its place in the repository, in annotations, summary and SARIF", async () => {
    const workspace = repository({ "my db/conf/postgresql.conf": BROKEN });
    const { stdout, summary, outputs } = await runAction(
      { "working-directory": "my db", paths: "conf", "sarif-file": "out.sarif" },
      workspace,
    );
    expect(annotations(stdout)[0]).toContain("file=my db/conf/postgresql.conf,");
    expect(summary).toContain("`my db/conf/postgresql.conf:1`");
    expect(outputs["sarif-file"]).toBe(join(workspace, "my db/out.sarif"));
    const log = JSON.parse(readFileSync(outputs["sarif-file"] ?? "", "utf8"));
    const {
      $schema: _,
      id: __,
      ...schema
    } = JSON.parse(readFileSync(join(root, "fixtures/reports/sarif-2.1.0-rtm.5.schema.json"), "utf8"));
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation).toEqual({
      uri: "my%20db/conf/postgresql.conf",
      uriBaseId: "%SRCROOT%",
    });
  });

  test("is uploaded where that is asked for, before the job fails", async () => {
    const run = await runAction({ "upload-sarif": "true" }, repository({ "postgresql.conf": BROKEN }));
    expect(run.code).toBe(1);
    expect(run.used).toEqual([
      {
        action: expect.stringMatching(/^github\/codeql-action\/upload-sarif@/),
        with: { sarif_file: run.outputs["sarif-file"], category: "pgconflint" },
      },
    ]);
  });

  test("has no annotations where nobody wants them, and passes where nothing is to fail", async () => {
    const workspace = repository({ "postgresql.conf": BROKEN });
    const run = await runAction({ annotations: "false", "fail-on": "never" }, workspace);
    expect([run.code, annotations(run.stdout)]).toEqual([0, []]);
    expect(run.outputs["exit-code"]).toBe("0");
  });

  test("puts what keeps the server down among the ten annotations that GitHub shows", async () => {
    const warnings = Array.from({ length: 30 }, (_, at) => `shared_buffers = ${at + 1}MB\n`).join("");
    const workspace = repository({ "postgresql.conf": `${warnings}fsync = off\nport = 0x\n` });
    const [first, second] = annotations((await runAction({}, workspace)).stdout);
    expect(first).toContain("The server does not start");
    expect(second).toMatch(/^::error .*title=durability\//);
  });
});

test("a configuration that is right passes, and its summary says what was checked", async () => {
  const run = await runAction({ postgres: "16" }, repository({ "postgresql.conf": RIGHT }));
  expect([run.code, run.outputs["exit-code"], run.outputs.errors]).toEqual([0, "0", "0"]);
  expect(run.summary).toContain("PostgreSQL 16");
});

describe("a mistake", () => {
  const workspace = () => repository({ "postgresql.conf": RIGHT, "pgconflint.ini": "[hots]\n" });
  test.each([
    [{}, "pgconflint: pgconflint.ini:1:2: unknown section [hots]; did you mean host?"],
    [{ paths: "none" }, "unknown section"],
    [{ config: "/dev/null", paths: "none" }, "/dev/null: not a regular file"],
    [{ annotations: "yes" }, 'annotations: "yes" is neither true nor false'],
    [{ "upload-sarif": "on" }, 'upload-sarif: "on" is neither true nor false'],
    [{ version: "1; touch pwned" }, 'version: "1; touch pwned" is no release such as 0.1.0'],
    [{ version: "--registry=x" }, 'version: "--registry=x" is no release such as 0.1.0'],
    [{ args: "--format 'json" }, "args: a quote is not closed"],
    [{ "working-directory": "none" }, "working-directory: none is no directory"],
    [{ "sarif-file": "a\nexit-code=0" }, "sarif-file: a name of several lines"],
  ])("%j is one annotation, and exit code 2", async (inputs, said) => {
    const run = await runAction({ "upload-sarif": "true", ...inputs }, workspace());
    expect([run.code, run.outputs["exit-code"], run.outputs["sarif-file"], run.used]).toEqual([
      2,
      "2",
      "",
      [],
    ]);
    const told = run.stdout.split("\n").filter((line) => line.startsWith("::error title=pgconflint::"));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(said);
    expect(run.summary).toBe("");
  });

  test.each([
    [{ x: "" }, "there is no Node.js here; put actions/setup-node before pgconflint"],
    [
      { node: '#!/bin/sh\n[ "$1" != --version ] || echo v18.20.8\n[ "$1" = --version ]\n' },
      "Node.js v18.20.8 is too old for pgconflint; put actions/setup-node with 20.19 or later before it",
    ],
  ])("of the runner's Node.js tells what to put before it", async (files, said) => {
    const PATH = tree(files);
    for (const name of Object.keys(files)) chmodSync(join(PATH, name), 0o755);
    symlinkSync("/bin/bash", join(PATH, "bash"));
    const { code, stdout } = await runAction({}, workspace(), { PATH });
    expect([code, stdout]).toEqual([2, `::error title=pgconflint::${said}\n`]);
  });
});

describe("an input is never more than a word", () => {
  const ODD = [
    "$(touch pwned)",
    "`touch pwned`",
    "a;touch pwned",
    '"',
    "'",
    "a b",
    "-rf",
    "--fix",
    "*",
    "a\\",
  ];

  test("where it is a path", async () => {
    const names = ODD.map((name) => `${name}/pg_hba.conf`);
    const workspace = repository(Object.fromEntries(names.map((name) => [name, "local all all trsut\n"])));
    const run = await runAction({ paths: `${ODD.join("\n")}\n` }, workspace);
    expect([run.code, run.outputs.errors]).toEqual([1, String(ODD.length)]);
    expect(existsSync(join(workspace, "pwned"))).toBe(false);
    expect(readFileSync(join(workspace, "--fix/pg_hba.conf"), "utf8")).toBe("local all all trsut\n");
  });

  test.each(ODD)("where it is the folder %s, and a file to write in it", async (name) => {
    const workspace = repository({ [`${name}/postgresql.conf`]: RIGHT });
    const run = await runAction({ "working-directory": name, "sarif-file": `${name}.sarif` }, workspace);
    expect(run.code).toBe(0);
    expect(existsSync(join(workspace, name, `${name}.sarif`))).toBe(true);
    expect(existsSync(join(workspace, name, "pwned"))).toBe(false);
  });

  test.each(["config", "fail-on", "profile", "postgres", "pgbouncer"])("where it is %s", async (input) => {
    const workspace = repository({ "postgresql.conf": RIGHT });
    for (const word of ["$(touch pwned)", "--fix", "a\n--fix"]) {
      const run = await runAction({ [input]: word }, workspace);
      expect([run.code, run.outputs["exit-code"]]).toEqual([2, "2"]);
    }
    expect(existsSync(join(workspace, "pwned"))).toBe(false);
  });

  test("where it is one of args, which are split and unquoted, and no more", async () => {
    const workspace = repository({ "postgresql.conf": RIGHT });
    const args = `--memory 32GB --max-warnings=100\n  --format 'compact=$(touch pwned) a.txt' --format "json=*"`;
    expect((await runAction({ args }, workspace)).code).toBe(0);
    expect(existsSync(join(workspace, "$(touch pwned) a.txt"))).toBe(true);
    expect(JSON.parse(readFileSync(join(workspace, "*"), "utf8")).target.host.memory.from).toBe("--memory");
  });
});

test("what a file says is no command to the runner", async () => {
  const line = "##[add-mask]e\n::error::from a file\n::set-output name=errors::0\n";
  const workspace = repository({ "postgresql.conf": line, "pg_hba.conf": `${line}local all all trsut\n` });
  const { stdout, outputs } = await runAction({}, workspace);
  const [, stopped = "", shown = "", after = ""] =
    /^::stop-commands::(\S+)\n([\s\S]*)\n::\1::\n([\s\S]*)$/m.exec(stdout) ?? [];
  expect(stopped).toMatch(/^[0-9a-f-]{36}$/);
  expect(shown).toContain("::error::from a file");
  for (const printed of after.trimEnd().split("\n"))
    expect(printed).toMatch(/^::(?:error|warning|notice) file=[^:]*,title=[^:]*::/);
  expect(Number(outputs.errors)).toBeGreaterThan(0);
});

describe("the action as it is checked out, without dist/", () => {
  const manifest = { name: "pgconflint", version: "0.0.0", lockfileVersion: 3 };
  const checkout = (build: string) => {
    const path = tree({
      "package.json": JSON.stringify(manifest),
      "package-lock.json": JSON.stringify({ ...manifest, packages: { "": manifest } }),
      "scripts/build.mjs": build,
    });
    cpSync(join(root, "bin"), join(path, "bin"), { recursive: true });
    cpSync(join(root, ".github/action"), join(path, ".github/action"), { recursive: true });
    return path;
  };
  const built = `import { cpSync } from "node:fs"; cpSync(${JSON.stringify(join(root, "dist"))}, "dist", { recursive: true });`;

  test("is built once, and checks", async () => {
    const workspace = repository({ "postgresql.conf": BROKEN });
    const env = { GITHUB_ACTION_PATH: checkout(built), HOME: tree({}) };
    expect((await runAction({}, workspace, env)).outputs.errors).toBe("2");
    writeFileSync(join(env.GITHUB_ACTION_PATH, "scripts/build.mjs"), "process.exit(1);");
    expect((await runAction({}, workspace, env)).outputs.errors).toBe("2");
  });

  test("that cannot be built says so", async () => {
    const env = { GITHUB_ACTION_PATH: checkout("process.exit(1);"), HOME: tree({}) };
    const { code, stdout } = await runAction({}, repository({ "postgresql.conf": RIGHT }), env);
    expect([code, stdout.trimEnd().split("\n").at(-1)]).toEqual([
      2,
      "::error title=pgconflint::pgconflint cannot be built; the log says why",
    ]);
  });
});

describe("a release from npm", () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
  }, 60_000);
  afterAll(() => registry.close());
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

  test("is installed outside of the workspace, and checks", async () => {
    // Its .npmrc may come from a pull request.
    const workspace = repository({ "postgresql.conf": BROKEN, ".npmrc": "registry=http://127.0.0.1:1/\n" });
    const run = await runAction({ version }, workspace, { ...registry.env, HOME: workspace });
    expect([run.code, run.outputs.errors]).toEqual([1, "2"]);
    expect(existsSync(join(workspace, "node_modules"))).toBe(false);
  });

  test("that there is not is a mistake", async () => {
    const run = await runAction({ version: "99.0.0" }, repository({}), registry.env);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain("pgconflint 99.0.0 cannot be installed");
  });
});
