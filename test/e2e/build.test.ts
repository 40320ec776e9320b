import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch } from "../support/cli.ts";
import { root } from "../support/fixtures.ts";

const built = (file: string) => readFileSync(join(root, "dist", file), "utf8");
/** The packages of which a bundle holds lines, as esbuild notes in comments. */
const packagesIn = (file: string) =>
  new Set(
    [...built(file).matchAll(/^\s*\/\/ node_modules\/((?:@[^/]+\/)?[^/\s]+)\//gm)].map((match) => match[1]),
  );

test("a plain run carries neither yargs nor ajv", () => {
  expect([...packagesIn("cli.cjs")].sort()).toEqual(["chalk", "ini", "pg-connection-string", "yargs-parser"]);
});

test("every package that travels in a bundle brings its licence", () => {
  const licences = built("THIRD-PARTY-LICENSES");
  for (const file of ["cli.cjs", "usage.cjs", "index.js"])
    for (const name of packagesIn(file)) {
      const [, text = ""] = licences.split(new RegExp(`^${name} \\d.*$`, "m"));
      expect(text.slice(0, 2000), `${name} in ${file}`).toMatch(/Permission|Redistribution/);
    }
});

test("the library imports nothing of Node's", () => {
  expect(built("index.js")).not.toMatch(/^import .* from|(?<!__)require\("node:|from "node:/m);
});

// Node 22 and later keep compiled code themselves.
test.skipIf(!process.version.startsWith("v20."))(
  "Node 20 takes the compiled code that the build left",
  () => {
    const script = `
    const vm = require("node:vm");
    vm.Script = class extends vm.Script {
      constructor(...args) {
        super(...args);
        process.stderr.write("rejected: " + this.cachedDataRejected);
      }
    };
    process.argv.push("--version");
    require("./bin/pgconflint.js");`;
    const { stderr, status } = spawnSync(process.execPath, ["-e", script, "pgconflint"], {
      cwd: root,
      encoding: "utf8",
    });
    expect([stderr, status]).toEqual(["rejected: false", 0]);
  },
);

test("a TypeScript project that imports the package compiles and runs", () => {
  const folder = scratch();
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/pgconflint"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(folder, "use.ts"),
    `import { effectiveSettings, type Finding, lint, readHba, type Report } from "pgconflint";
const report: Report = lint({ files: [{ path: "postgresql.conf", text: "fsync = maybe\\n" }] });
const [finding]: readonly Finding[] = report.findings;
const names: string[] = effectiveSettings({ files: [] }).map(({ name }) => name);
const { accepts } = readHba({ files: [{ path: "pg_hba.conf", text: "local all all peer\\n" }] });
console.log(finding?.rule, names.length, accepts);
`,
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options = "--strict --target es2022 --module nodenext --moduleResolution nodenext --types".split(" ");
  execFileSync(process.execPath, [tsc, ...options, "", "use.ts"], { cwd: folder, stdio: "pipe" });
  const output = execFileSync(process.execPath, ["use.js"], { cwd: folder, encoding: "utf8" });
  expect(output).toBe("server/invalid-boolean 0 true\n");
});
