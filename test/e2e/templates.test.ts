import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { action } from "../support/action.ts";
import { root } from "../support/fixtures.ts";
import { junitProblems } from "../support/junit.ts";
import { type Registry, startRegistry } from "../support/registry.ts";
import { shell } from "../support/shell.ts";
import { tree } from "../support/tree.ts";

const text = (path: string) => readFileSync(join(root, path), "utf8");
const template = (name: string) => text(`templates/${name}`);
const guide = text("docs/guide/hooks-and-ci.md");
const { version } = JSON.parse(text("package.json"));

/** The shell lines of a template, as its service hands them to one shell after another. */
const SERVICES: Readonly<Record<string, (text: string) => readonly string[]>> = {
  "pgconflint.gitlab-ci.yml": (yaml) => [
    `PGCONFLINT_PATHS=${parse(yaml).pgconflint.variables.PGCONFLINT_PATHS}`,
    ...parse(yaml).pgconflint.script,
  ],
  Jenkinsfile: (groovy) => [...groovy.matchAll(/\bsh '([^']*)'/g)].map(([, line = ""]) => line),
  "azure-pipelines.yml": (yaml) => scriptsOf(parse(yaml).steps, "script"),
  "bitbucket-pipelines.yml": (yaml) => parse(yaml).pipelines["pull-requests"]["**"][0].step.script,
  "circleci.yml": (yaml) => scriptsOf(parse(yaml).jobs.pgconflint.steps, "run"),
  "forgejo.yml": (yaml) => scriptsOf(parse(yaml).jobs.pgconflint.steps, "run"),
};

const scriptsOf = (steps: readonly Readonly<Record<string, unknown>>[], key: string): string[] =>
  steps.flatMap((step) => (typeof step[key] === "string" ? [step[key]] : []));

describe("what a service runs", () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
  }, 60_000);
  afterAll(() => registry.close());

  async function runIn(workspace: string, name: string) {
    const script = (SERVICES[name]?.(template(name)) ?? []).join("\n");
    expect(script).toContain(`npx --yes pgconflint@${version} check `);
    const env = { ...registry.env, HOME: tree({}), CI: "true" };
    return shell(script, { cwd: workspace, flags: ["-eo", "pipefail"], env });
  }

  test.each(Object.keys(SERVICES))("%s fails for a broken configuration, with its reports", async (name) => {
    const workspace = tree({ ".git/HEAD": "", "db/postgresql.conf": "work_mem = 64 MB\nfsync = off\n" });
    const { code, stdout } = await runIn(workspace, name);
    expect(code).toBe(1);
    expect(stdout).toContain("server/syntax-error");
    for (const [file, isRight] of reportsIn(workspace)) isRight(readFileSync(join(workspace, file), "utf8"));
    const shown = name === "forgejo.yml" ? [] : reportsIn(workspace).map(([file]) => file);
    for (const file of shown) expect(template(name)).toContain(file);
    expect(shown.length).toBe({ "forgejo.yml": 0, Jenkinsfile: 2, "pgconflint.gitlab-ci.yml": 2 }[name] ?? 1);
  });

  test.each(Object.keys(SERVICES))("%s passes for one that is right", async (name) => {
    const workspace = tree({ ".git/HEAD": "", "db/postgresql.conf": "port = 5432\n" });
    expect((await runIn(workspace, name)).code).toBe(0);
  });
});

/** The reports that a run has left behind, each with what it has to be. */
function reportsIn(workspace: string): [file: string, isRight: (text: string) => void][] {
  return readdirSync(workspace, { recursive: true, encoding: "utf8" }).flatMap(
    (file): [string, (text: string) => void][] => {
      if (file.endsWith(".xml")) return [[file, isJunit]];
      if (file.endsWith(".sarif")) return [[file, isSarif]];
      return file.endsWith("gl-code-quality-report.json") ? [[file, isCodeQuality]] : [];
    },
  );
}

function isJunit(xml: string): void {
  expect(junitProblems(xml)).toEqual([]);
  expect(xml).toContain('file="db/postgresql.conf"');
}

function isSarif(json: string): void {
  const {
    $schema: _,
    id: __,
    ...schema
  } = JSON.parse(text("fixtures/reports/sarif-2.1.0-rtm.5.schema.json"));
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
  expect(validate(JSON.parse(json)), JSON.stringify(validate.errors)).toBe(true);
  expect(json).toContain('"uri": "db/postgresql.conf"');
}

/** The fields that GitLab's documentation asks for. */
const CODE_QUALITY = {
  type: "array",
  minItems: 2,
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", pattern: "^[0-9a-f]{16,}$" },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        properties: {
          // From the repository's root, and without ./ before it.
          path: { const: "db/postgresql.conf" },
          lines: {
            type: "object",
            required: ["begin"],
            properties: { begin: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  },
};

function isCodeQuality(json: string): void {
  const issues: { fingerprint: string }[] = JSON.parse(json);
  const validate = new Ajv().compile(CODE_QUALITY);
  expect(validate(issues), JSON.stringify(validate.errors)).toBe(true);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
}

describe("templates", () => {
  test("use the action as it is", () => {
    const snippets = [
      template("github-actions.yml"),
      ...guide.split("```").filter((part) => part.startsWith("yaml")),
    ];
    const steps = snippets.flatMap((yaml) => [
      ...yaml.matchAll(/uses: pgconflint\/pgconflint@v([\d.]+)\n\s+with:\n((?:\s{8,}[\w-]+: .*\n)+)/g),
    ]);
    expect(steps.length).toBe(3);
    for (const [, release, given = ""] of steps) {
      expect(release).toBe(version);
      for (const [, input = ""] of given.matchAll(/^\s+([\w-]+):/gm))
        expect(Object.keys(action.inputs)).toContain(input);
    }
  });

  test("in the guide tell every input and output of the action", () => {
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      expect(guide).toContain(`\`${name}\``);
  });

  test("are shown in the guide as they are, and all for CI are shown", () => {
    const shown = [...guide.matchAll(/<!-- templates\/(\S+) -->\n+```\w+\n([\s\S]*?)^```$/gm)];
    for (const [, name = "", block] of shown) expect(block).toBe(template(name));
    const names = shown.map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining([...Object.keys(SERVICES), "github-actions.yml"]));
  });

  test("say where they go, name this release, and are YAML where they say so", () => {
    for (const name of readdirSync(join(root, "templates"))) {
      expect(template(name)).toMatch(/^(?:#|\/\/) \S/);
      for (const [, release] of template(name).matchAll(/pgconflint@v?(\d[\w.-]*)|rev: v(\S+)/g))
        if (release !== undefined) expect(release).toBe(version);
      if (name.endsWith(".yml")) expect(() => parse(template(name))).not.toThrow();
    }
  });
});
