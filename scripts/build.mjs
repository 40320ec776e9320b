// Builds dist/: the library (ESM), the command line (in files that bin/pgconflint.js runs) and the declarations.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "rolldown";
import { keepReached } from "./declarations.mjs";
import { licencesOf } from "./licences.mjs";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });

/** JSON as a string that is parsed when it is needed: V8 reads JSON faster than an object literal. */
const json = {
  name: "json",
  load: {
    filter: { id: /\.json$/ },
    async handler(path) {
      const data = JSON.parse(await readFile(path, "utf8"));
      // Of package.json only the version is used; it should not travel in the bundle whole.
      const kept = path === join(root, "package.json") ? { version: data.version } : data;
      const code = `export default JSON.parse(${JSON.stringify(JSON.stringify(kept))});`;
      return { code, moduleType: "js" };
    },
  },
};

/** The command line's files, each with all that it imports and that is in none above it; what is imported by import() alone becomes a file of its own. */
const FILES = Object.entries({
  // All of a check of postgresql.conf, so that it reads one file.
  cli: /src\/(?:cli\/bin|rules\/groups\/settings|report\/(?:pretty|summary))\.ts$/,
  access: /src\/rules\/groups\/access\.ts$/,
  pooler: /src\/rules\/groups\/pooler\.ts$/,
  audit: /src\/rules\/groups\/audit\.ts$/,
});

/** A file of the command line as bin/pgconflint.js wants it: one function, whose exports wait until they are asked for. */
const forTheLoader = {
  name: "for-the-loader",
  generateBundle(_options, bundle) {
    const helpers = bundle["rolldown-runtime.cjs"].code;
    delete bundle["rolldown-runtime.cjs"];
    for (const chunk of Object.values(bundle)) chunk.code = forLoader(chunk, helpers);
  },
};
function forLoader({ code, name }, helpers) {
  const url = name === "usage" ? 'require("node:url").pathToFileURL(__filename).href' : "__filename";
  // They stand at the end.
  const exports = /^(?:exports\.|Object\.defineProperty\(exports, )[\s\S]*/m;
  const body = code
    .replace(exports, (names) => `module.share = () => {\n${names}\n};\n`)
    // The bundler's own, which would be one more file to read.
    .replace('require("./rolldown-runtime.cjs")', () => `((exports) => {${helpers}\nreturn exports;})({})`)
    .replaceAll("import_meta_url", url)
    // Text of one byte a character is half the size, and need not be decoded.
    .replace(
      /[^\n\t\x20-\x7e]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  return `(function (exports, require, module, __filename, __dirname) {"use strict";\n${body}})`;
}

const common = {
  cwd: root,
  // The packages may be linked from elsewhere.
  resolve: { symlinks: false },
  checks: { preferBuiltinFeature: false, ineffectiveDynamicImport: false, emptyImportMeta: false },
};
const library = await build({
  ...common,
  input: "src/index.ts",
  platform: "neutral",
  resolve: { ...common.resolve, mainFields: ["module", "main"] },
  external: ["fs"],
  transform: { target: "es2022" },
  plugins: [json],
  output: { file: "dist/index.js", comments: false },
});
const commandLine = await build({
  ...common,
  input: { cli: "src/cli/bin.ts" },
  platform: "node",
  transform: { target: "node20", define: { "import.meta.url": "import_meta_url" } },
  plugins: [json, forTheLoader],
  output: {
    dir: "dist",
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    comments: false,
    generatedCode: { symbols: false },
    // Compiled code that comes from a file may call require(), not import().
    dynamicImportInCjs: false,
    codeSplitting: {
      groups: FILES.map(([name, test], at) => ({ name, test, priority: FILES.length - at })),
    },
  },
});
writeFileSync(
  join(dist, "THIRD-PARTY-LICENSES"),
  licencesOf([...library.output, ...commandLine.output].flatMap(({ moduleIds }) => moduleIds)),
);

const run = (args, env) =>
  execFileSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: "", ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
run(["node_modules/typescript/bin/tsc", "-p", "tsconfig.types.json"]);
keepReached(join(dist, "types"), "index.d.ts");
keepCompiledCode();

/** The first check of this V8 keeps what it compiled; shipped, nobody with the same V8 needs to compile again. */
function keepCompiledCode() {
  const cache = join(dist, "cache");
  // Each brings files of its own, and what a check of settings alone needs comes first.
  for (const path of ["fixtures/servers/clean/postgresql.conf", "fixtures/servers/shop"])
    run(["bin/pgconflint.js", "check", path, "--fail-on", "never"], { XDG_CACHE_HOME: cache });
  for (const file of readdirSync(join(cache, "pgconflint")))
    writeFileSync(
      join(dist, file.replace(/\.[^.]+\.cache$/, ".cache")),
      readFileSync(join(cache, "pgconflint", file)),
    );
  rmSync(cache, { recursive: true });
}
