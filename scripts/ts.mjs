// Runs a TypeScript script of this repository: node scripts/ts.mjs scripts/NAME.ts [ARGUMENT…]
// Node 20 cannot strip types by itself, and rolldown is here already.
import { mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";

const [script, ...rest] = process.argv.slice(2);
const root = resolve(import.meta.dirname, "..");
const outdir = mkdtempSync(join(root, "node_modules", ".ts-"));
process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));
const outfile = join(outdir, "script.mjs");
await build({
  input: resolve(script),
  platform: "node",
  external: /^[^./]/,
  transform: { target: "node20", define: { "import.meta.dirname": JSON.stringify(resolve(script, "..")) } },
  output: { file: outfile, sourcemap: "inline", codeSplitting: false },
});
process.argv = [process.argv[0], resolve(script), ...rest];
await import(pathToFileURL(outfile).href);
