import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { inject, onTestFinished } from "vitest";
import type { Result } from "../support/cli.ts";
import type { Node } from "./tools.ts";

export const tarball = inject("tarball");
export const allNodes = inject("nodes");

/** A project with one file that the server refuses. */
export function project(name = "pgconflint-project-"): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "package.json"), '{ "name": "shop", "private": true }');
  writeFileSync(join(folder, "pg_hba.conf"), "local all all scram\n");
  return folder;
}

export function run(program: string, args: readonly string[], options: SpawnSyncOptions = {}): Result {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    timeout: 60_000,
    encoding: "utf8",
    ...options,
    env: { PATH: process.env.PATH, LANG: "C.UTF-8", HOME: process.env.HOME, ...options.env },
  });
  // npm's own warnings are about the machine that it runs on.
  const words = String(stderr).replace(/^npm (?:warn|notice).*\n/gm, "");
  return { code: status, stdout: String(stdout), stderr: error ? String(error) : words };
}

/** Like `run`, where anything but success is a mistake of the test. */
export function must(program: string, args: readonly string[], options: SpawnSyncOptions = {}): string {
  const { code, stdout, stderr } = run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** So that `#!/usr/bin/env node` finds that one first. */
export const pathWith = ({ path }: Node): string => `${dirname(path)}${delimiter}${process.env.PATH}`;
