// Builds dist/: the library (ESM), the command line (CommonJS, which starts faster) and the declarations.
import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { keepReached } from "./declarations.mjs";
import { licencesOf } from "./licences.mjs";

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
/** Formats of reports that are files of their own in dist/, as most runs print none of them. */
const REPORTS = [
  "fleet",
  "sarif",
  "github",
  "azure",
  "gitlab",
  "junit",
  "checkstyle",
  "markdown",
  "html",
  "tune",
];
/** What the command line loads only when it is asked for, by the name in its import(): the file in dist/. */
const CHUNKS = {
  "usage.ts": "usage.cjs",
  "texts.json": "texts.json",
  "examples.json": "examples.json",
  "templates.json": "templates.json",
  "overview.ts": "overview.cjs",
  "host/detect.ts": "detect.cjs",
  ...Object.fromEntries(REPORTS.map((name) => [`report/${name}.ts`, `${name}.cjs`])),
};
const lazy = {
  name: "lazy",
  setup({ onResolve }) {
    for (const [name, file] of Object.entries(CHUNKS))
      onResolve({ filter: new RegExp(`/${name.replace(".", "\\.")}$`) }, () => ({
        path: `./${file}`,
        external: true,
      }));
  },
};
const common = {
  bundle: true,
  plugins: [json],
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
  absWorkingDir: root,
};
const forNode = {
  ...common,
  platform: "node",
  target: "node20",
  format: "cjs",
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  // Compiled code that comes from a file may call require(), not import().
  supported: { "dynamic-import": false },
};

const bundles = await Promise.all([
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
    ...forNode,
    entryPoints: { cli: "src/cli/bin.ts" },
    // yargs-parser makes a require() of it.
    define: { "import.meta.url": "__filename" },
    plugins: [lazy, json],
  }),
  build({
    ...forNode,
    entryPoints: [
      ...REPORTS.map((name) => `src/report/${name}.ts`),
      "src/api/overview.ts",
      "src/node/host/detect.ts",
    ],
    outbase: "src",
    entryNames: "[name]",
  }),
  build({
    ...forNode,
    entryPoints: ["src/cli/usage.ts"],
    define: { "import.meta.url": "moduleUrl" },
    banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  }),
]);
const licences = licencesOf(
  root,
  bundles.map(({ metafile }) => metafile),
);
copyFileSync(join(root, "src/catalog/texts.json"), join(dist, "texts.json"));
copyFileSync(join(root, "src/rules/examples.json"), join(dist, "examples.json"));
copyFileSync(join(root, "src/cli/init/templates.json"), join(dist, "templates.json"));
writeFileSync(join(dist, "THIRD-PARTY-LICENSES"), licences);

const cache = join(dist, "cache");
const run = (...args) =>
  execFileSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: "" },
    stdio: ["ignore", "ignore", "inherit"],
  });
run("node_modules/typescript/bin/tsc", "-p", "tsconfig.types.json");
keepReached(join(dist, "types"), "index.d.ts");
// The first check of this V8 keeps what it compiled; shipped, nobody with the same V8 needs to compile again.
run("bin/pgconflint.js", "check", "fixtures/servers/clean", "fixtures/servers/shop", "--fail-on", "never");
const [compiled] = readdirSync(join(cache, "pgconflint"));
const shipped = join(dist, `cli.${process.versions.v8}.cache`);
writeFileSync(shipped, readFileSync(join(cache, "pgconflint", compiled)));
rmSync(cache, { recursive: true });
