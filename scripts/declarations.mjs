import { readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const SPECIFIER = /((?:from|import)\s*\(?\s*")(\.{1,2}\/[^"]+)\.ts"/g;

/** Keeps the declarations that `entry` reaches: the compiler writes one for every rule, and nobody can import those. */
export function keepReached(folder, entry) {
  const reached = new Set();
  const next = [resolve(folder, entry)];
  for (const file of next) {
    if (reached.has(file)) continue;
    reached.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, , path] of text.matchAll(SPECIFIER)) next.push(resolve(dirname(file), `${path}.d.ts`));
    // Compilers before 5.7 read an import of .ts as one of the source.
    writeFileSync(file, text.replace(SPECIFIER, '$1$2.js"'));
  }
  removeOthers(resolve(folder), reached);
}

function removeOthers(folder, kept) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeOthers(path, kept);
    else if (!kept.has(path)) rmSync(path);
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
