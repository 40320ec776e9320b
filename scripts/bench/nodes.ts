import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The program of a release of Node, which npm fetches once; undefined where it cannot be had. */
export function nodeOf(major: number, cache: string): string | undefined {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const folder = join(cache, `node-${major}`);
  const program = join(folder, "node_modules/node/bin/node");
  if (!existsSync(program)) install(folder, `node@${major}`);
  return existsSync(program) ? program : undefined;
}

/** Installs packages into a folder of their own. */
export function install(folder: string, ...packages: readonly string[]): boolean {
  try {
    const options = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
    execFileSync("npm", ["install", "--prefix", folder, ...options, ...packages], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
