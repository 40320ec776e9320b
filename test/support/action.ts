import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Result } from "./cli.ts";
import { root } from "./fixtures.ts";
import { shell } from "./shell.ts";
import { tree } from "./tree.ts";

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const action: Action = parse(readFileSync(join(root, "action.yml"), "utf8"));

/** What a workflow sees of the action. */
export interface ActionRun extends Result {
  readonly outputs: Readonly<Record<string, string>>;
  /** The job's page. */
  readonly summary: string;
  /** Other actions that it used, with what. */
  readonly used: readonly { readonly action: string; readonly with: Readonly<Record<string, string>> }[];
}

/** Runs the steps in their order as GitHub's runner does, in a workspace. */
export async function runAction(
  inputs: Readonly<Record<string, string>>,
  workspace: string,
  env: NodeJS.ProcessEnv = {},
): Promise<ActionRun> {
  const runner = tree({ output: "", summary: "", "temp/x": "" });
  const steps = new Map<string, Readonly<Record<string, string>>>();
  const value = (expression: string): string => {
    const literal = /^'(.*)'$/.exec(expression)?.[1];
    if (literal !== undefined) return literal;
    const [context, name = "", , output = ""] = expression.split(".");
    if (context === "inputs") return inputs[name] ?? action.inputs[name]?.default ?? "";
    if (context === "steps") return steps.get(name)?.[output] ?? "";
    throw new Error(`the test does not know ${expression}`);
  };
  const filled = (text: string) => text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression) => value(expression));
  const all = (values: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(values).map(([name, text]) => [name, filled(text)]));
  const holds = (condition: string) =>
    condition.split(" && ").every((part) => {
      const [left = "", operator, right = ""] = part.split(" ");
      return (value(left) === value(right)) === (operator === "==");
    });

  const used: ActionRun["used"][number][] = [];
  const out = { code: 0 as number | null, stdout: "", stderr: "" };
  for (const step of action.runs.steps) {
    if (out.code !== 0) break;
    if (step.if !== undefined && !holds(step.if)) continue;
    if (step.uses !== undefined) used.push({ action: step.uses, with: all(step.with) });
    if (step.run === undefined) continue;
    writeFileSync(join(runner, "output"), "");
    const ran = await shell(step.run, {
      cwd: workspace,
      flags: ["-eo", "pipefail"],
      env: {
        GITHUB_ACTION_PATH: root,
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: join(runner, "output"),
        GITHUB_STEP_SUMMARY: join(runner, "summary"),
        RUNNER_TEMP: join(runner, "temp"),
        ...env,
        ...all(step.env),
      },
    });
    const lines = readFileSync(join(runner, "output"), "utf8").split("\n").filter(Boolean);
    const outputs = lines.map((line) => [
      line.slice(0, line.indexOf("=")),
      line.slice(line.indexOf("=") + 1),
    ]);
    if (step.id !== undefined) steps.set(step.id, Object.fromEntries(outputs));
    out.code = ran.code;
    out.stdout += ran.stdout;
    out.stderr += ran.stderr;
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, output]) => [name, filled(output.value)]),
  );
  return { ...out, outputs, used, summary: readFileSync(join(runner, "summary"), "utf8") };
}
