import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import manifest from "../package.json" with { type: "json" };
import { root } from "./support/fixtures.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly needs?: string;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(root, ".github/workflows");
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");
function read(name: string): Workflow {
  const document = parseDocument(textOf(name));
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return document.toJS();
}
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

describe.each(readdirSync(folder))("%s", (name) => {
  const workflow = read(name);

  test("may do nothing but read, unless a job says otherwise", () => {
    expect([{}, { contents: "read" }]).toContainEqual(workflow.permissions);
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  test("takes actions by their commit, with the release beside it", () => {
    for (const { uses } of stepsOf(workflow).filter(({ uses }) => uses !== undefined))
      expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    for (const line of textOf(name).match(/^.*\buses:.*$/gm) ?? [])
      expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
  });

  test("runs nothing that somebody else can write", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    for (const { run = "" } of stepsOf(workflow)) expect(run).not.toContain("${{");
  });

  test("leaves no token where a script could read it", () => {
    for (const step of stepsOf(workflow).filter(({ uses }) => uses?.startsWith("actions/checkout@")))
      expect(step.with).toMatchObject({ "persist-credentials": false });
    expect(textOf(name)).not.toContain("secrets.");
  });

  test("calls scripts that exist", () => {
    const commands = stepsOf(workflow)
      .map(({ run = "" }) => run)
      .join("\n");
    for (const [, script = ""] of commands.matchAll(/\bnpm run (?:--silent )?([\w:]+)/g))
      expect(Object.keys(manifest.scripts)).toContain(script);
    for (const [, file = ""] of commands.matchAll(/\b(?:node|bash) ([\w./-]+\/[\w./-]+)/g))
      expect(existsSync(join(root, file)), file).toBe(true);
  });
});

test("every Node that package.json allows and that is in use is tested, from the oldest on", () => {
  const [oldest] = /\d+\.\d+/.exec(manifest.engines.node) ?? [];
  expect(textOf("ci.yml")).toContain(`node: ["${oldest}", "22", "24"]`);
});

test("what is published was built and tested by a job that cannot publish", () => {
  const { build, publish, announce } = read("release.yml").jobs;
  expect([build?.permissions, publish?.permissions, announce?.permissions]).toEqual([
    { contents: "read" },
    { "id-token": "write", contents: "read" },
    { contents: "write" },
  ]);
  expect([publish?.needs, announce?.needs]).toEqual(["build", "publish"]);
  const published = publish?.steps.map(({ run }) => run).filter(Boolean);
  expect(published).toEqual(["npm publish --provenance --access public --ignore-scripts ./release/*.tgz"]);
});
