import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { root } from "./fixtures.ts";

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program as a user would; a run that hangs fails the test. */
export function pgconflint(args: readonly string[], options: SpawnSyncOptions = {}): Result {
  const env = { PATH: process.env.PATH, LANG: "C.UTF-8", ...options.env };
  const run = spawnSync(process.execPath, [join(root, "bin/pgconflint.js"), ...args], {
    cwd: root,
    timeout: 20_000,
    encoding: "utf8",
    ...options,
    env,
  });
  return { code: run.status, stdout: String(run.stdout), stderr: String(run.stderr) };
}

/** An empty folder for one test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "pgconflint-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
