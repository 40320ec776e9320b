import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pgconflint, scratch } from "../support/cli.ts";
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

test("what reads the machine is loaded only where somebody asks for it", () => {
  expect(built("cli.cjs")).not.toContain("Cpus_allowed_list");
  expect(built("detect.cjs")).toContain("Cpus_allowed_list");
  const { code, stdout, stderr } = pgconflint(["host"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^memory +\d/m);
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

describe("compiled code", () => {
  /** What V8 says of the compiled code that a run of `package` gave it. */
  function checkWith(folder: string, cacheHome: string) {
    const script = `
      const vm = require("node:vm");
      vm.Script = class extends vm.Script {
        constructor(...args) {
          super(...args);
          process.stderr.write(String(this.cachedDataRejected));
        }
      };
      process.argv.push("check", ${JSON.stringify(join(root, "fixtures/servers/clean"))});
      require(${JSON.stringify(join(folder, "bin/pgconflint.js"))});`;
    const env = { ...process.env, XDG_CACHE_HOME: cacheHome, NODE_DISABLE_COMPILE_CACHE: "" };
    const { stderr, status } = spawnSync(process.execPath, ["-e", script, "pgconflint"], {
      env,
      encoding: "utf8",
    });
    expect(status).toBe(0);
    return { false: "taken", true: "rejected", undefined: "compiled anew" }[stderr] ?? stderr;
  }

  test("that the build left is taken", () => {
    expect(checkWith(root, scratch())).toBe("taken");
  });

  /** The package as another release of Node finds it, whose compiled code the build did not leave. */
  function otherPackage(): string {
    const folder = scratch();
    cpSync(join(root, "bin"), join(folder, "bin"), { recursive: true });
    cpSync(join(root, "dist/cli.cjs"), join(folder, "dist/cli.cjs"));
    return folder;
  }

  test("of another Node is kept by the first check, for its user alone", () => {
    const folder = otherPackage();
    const home = scratch();
    expect(checkWith(folder, home)).toBe("compiled anew");
    const [file = ""] = readdirSync(join(home, "pgconflint"));
    expect(statSync(join(home, "pgconflint", file)).mode & 0o777).toBe(0o600);
    expect(checkWith(folder, home)).toBe("taken");
  });

  test("that others may write is not run", () => {
    const folder = otherPackage();
    const home = scratch();
    checkWith(folder, home);
    const [file = ""] = readdirSync(join(home, "pgconflint"));
    chmodSync(join(home, "pgconflint", file), 0o666);
    expect(checkWith(folder, home)).toBe("compiled anew");
  });

  test("without a home that can be written to, the check runs all the same", () => {
    expect(checkWith(otherPackage(), "/dev/null/none")).toBe("compiled anew");
  });
});

test("a TypeScript project that imports the package compiles and runs", () => {
  const folder = scratch();
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/pgconflint"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(folder, "use.ts"),
    `import { effectiveSettings, type Finding, lint, readHba, type Report } from "pgconflint";
const report: Report = lint({ files: [{ path: "part.conf", text: "fsync = maybe\\n" }] });
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
