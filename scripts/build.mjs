// Builds dist/: the library (ESM), the command line (CommonJS, which starts faster) and the declarations.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });

/** JSON as a string that is parsed when it is needed: V8 reads JSON faster than an object literal. */
const json = {
  name: "json",
  setup({ onLoad }) {
    onLoad({ filter: /\.json$/ }, async ({ path }) => {
      const data = JSON.parse(await readFile(path, "utf8"));
      // Of package.json only the version is used; it should not travel in the bundle whole.
      const kept = path === join(root, "package.json") ? { version: data.version } : data;
      return {
        contents: `export default JSON.parse(${JSON.stringify(JSON.stringify(kept))});`,
        loader: "js",
      };
    });
  },
};
const common = {
  bundle: true,
  plugins: [json],
  legalComments: "eof",
  logLevel: "warning",
  absWorkingDir: root,
};

await Promise.all([
  build({
    ...common,
    entryPoints: ["src/index.ts"],
    outfile: "dist/index.js",
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    external: ["fs"],
    target: "es2022",
  }),
  build({
    ...common,
    entryPoints: { cli: "src/cli/bin.ts" },
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    platform: "node",
    target: "node20",
    // yargs-parser asks where it is; in CommonJS that is the file itself.
    define: { "import.meta.url": "bundleUrl" },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    plugins: [json, lazy("usage")],
  }),
  // All of yargs, which no plain run needs.
  build({
    ...common,
    entryPoints: ["src/cli/usage.ts"],
    outfile: "dist/usage.mjs",
    format: "esm",
    platform: "node",
    target: "node20",
  }),
]);

/** import("./NAME.ts") in the command line loads dist/NAME.mjs. */
function lazy(name) {
  return {
    name: "lazy",
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`^\\./${name}\\.ts$`) }, () => ({
        path: `./${name}.mjs`,
        external: true,
      }));
    },
  };
}

execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.types.json"], {
  cwd: root,
  stdio: "inherit",
});
