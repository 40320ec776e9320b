// Runs a TypeScript script of this repository: node scripts/ts.mjs scripts/NAME.ts [ARGUMENT…]
// Node 20 cannot strip types by itself, and esbuild is here already.
import { mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const [script, ...rest] = process.argv.slice(2);
const root = resolve(import.meta.dirname, "..");
const outdir = mkdtempSync(join(root, "node_modules", ".ts-"));
process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));
const outfile = join(outdir, "script.mjs");
await build({
  entryPoints: [resolve(script)],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
  define: { "import.meta.dirname": JSON.stringify(resolve(script, "..")) },
});
process.argv = [process.argv[0], resolve(script), ...rest];
await import(pathToFileURL(outfile).href);
