import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");
const check = process.argv.includes("--check");

/** Writes a generated file; with --check it only says that the file is stale, and the run fails. */
export function write(path: string, text: string): void {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  if (check) {
    console.error(`${path} is stale; run npm run generate`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${path}`);
}

/** Writes what stands between two markers of a page that is otherwise written by hand. */
export function writePart(path: string, name: string, text: string): void {
  const [before, rest] = readFileSync(join(root, path), "utf8").split(`<!-- ${name} -->\n`);
  const after = rest?.split(`<!-- /${name} -->`)[1];
  if (after === undefined) throw new Error(`${path} has no part "${name}"`);
  write(path, `${before}<!-- ${name} -->\n${text}\n<!-- /${name} -->${after}`);
}
