// Builds dist/ where npm has only a clone: for pre-commit, and for whoever depends on a commit of this repository.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

// `npm install -g` of a git repository, as pre-commit 4.6 calls it, runs this without the development dependencies up to
// npm 11 (https://github.com/npm/cli/issues/8440), although it is told to install them.
if (!canLoad("rolldown")) {
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error("the development dependencies are missing: npm ci");
  const options = ["--include=dev", "--ignore-scripts", "--global=false", "--no-audit", "--no-fund"];
  execFileSync(process.execPath, [npm, "ci", ...options], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
await import("./build.mjs");

function canLoad(name) {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
