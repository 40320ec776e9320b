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
/** The packages of which a bundle holds lines, as the bundler notes in comments; it says nothing of `ini`. */
const packagesIn = (file: string) =>
  new Set(
    [...built(file).matchAll(/^\s*\/\/ node_modules\/((?:@[^/]+\/)?[^/\s]+)\//gm)].map((match) => match[1]),
  );

test("a plain run carries neither yargs nor ajv", () => {
  expect([...packagesIn("cli.cjs")].sort()).toEqual(["pg-connection-string", "yargs-parser"]);
});

/** Runs a command line as a package in `folder` does: each file of dist/, and what V8 says of the compiled code for it. */
function filesRun(
  folder: string,
  args: readonly string[],
  cacheHome = scratch(),
  options = "",
): Record<string, string> {
  const script = `
    const { basename } = require("node:path");
    const vm = require("node:vm");
    const files = {};
    vm.Script = class extends vm.Script {
      constructor(text, options) {
        super(text, options);
        files[basename(options.filename)] =
          { false: "taken", true: "rejected" }[this.cachedDataRejected] ?? "compiled anew";
      }
    };
    process.on("exit", () => process.stderr.write(JSON.stringify(files)));
    process.argv.push(...${JSON.stringify(args)});
    require(${JSON.stringify(join(folder, "bin/pgconflint.js"))});`;
  const env = {
    ...process.env,
    XDG_CACHE_HOME: cacheHome,
    NODE_DISABLE_COMPILE_CACHE: "",
    NODE_OPTIONS: options,
  };
  const { stderr, status } = spawnSync(process.execPath, ["-e", script, "pgconflint"], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  expect(status).toBe(0);
  return JSON.parse(stderr);
}

describe("a check reads no more of the program than it needs", () => {
  test.each([
    ["a postgresql.conf", "postgresql.conf", "work_mem = 64\nfsync = off\n", ["cli.cjs"]],
    ["a pg_hba.conf", "pg_hba.conf", "host all all 0.0.0.0/0 trust\n", ["access.cjs", "cli.cjs"]],
    ["a pgbouncer.ini", "pgbouncer.ini", "[pgbouncer]\nauth_type = trust\n", ["cli.cjs", "pooler.cjs"]],
  ])("%s", (_what, name, text, files) => {
    const path = join(scratch(), name);
    writeFileSync(path, text);
    const run = filesRun(root, ["check", path, "--fail-on", "never"]);
    expect(Object.keys(run).sort()).toEqual(files);
  });
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
  for (const file of ["cli.cjs", "usage.cjs", "paint.cjs", "index.js"])
    for (const name of [...packagesIn(file), "ini"]) {
      const [, text = ""] = licences.split(new RegExp(`^${name} \\d.*$`, "m"));
      expect(text.slice(0, 2000), `${name} in ${file}`).toMatch(/Permission|Redistribution/);
    }
});

test("the library imports nothing of Node's", () => {
  expect(built("index.js")).not.toMatch(/^import .* from|(?<!__)require\("node:|from "node:/m);
});

describe("compiled code", () => {
  /** What V8 says of it when a package in `folder` checks a server. */
  const checkWith = (folder: string, cacheHome: string) =>
    new Set(
      Object.values(filesRun(folder, ["check", "fixtures/servers/shop", "--fail-on", "never"], cacheHome)),
    );

  test("that the build left is taken", () => {
    expect(checkWith(root, scratch())).toEqual(new Set(["taken"]));
  });

  /** The package as another release of Node finds it, whose compiled code the build did not leave. */
  function otherPackage(): string {
    const folder = scratch();
    cpSync(join(root, "bin"), join(folder, "bin"), { recursive: true });
    cpSync(join(root, "dist"), join(folder, "dist"), {
      recursive: true,
      filter: (path) => !path.endsWith(".cache"),
    });
    return folder;
  }

  test("of another Node is kept by the first check, for its user alone", () => {
    const folder = otherPackage();
    const home = scratch();
    expect(checkWith(folder, home)).toEqual(new Set(["compiled anew"]));
    const kept = readdirSync(join(home, "pgconflint"));
    expect(kept.map((file) => file.split(".")[0]).sort()).toEqual(["access", "cli", "pooler"]);
    for (const file of kept) expect(statSync(join(home, "pgconflint", file)).mode & 0o777).toBe(0o600);
    expect(checkWith(folder, home)).toEqual(new Set(["taken"]));
  });

  test("of a Node with options of its own is kept as well", () => {
    const home = scratch();
    const check = () =>
      filesRun(root, ["check", "fixtures/servers/clean"], home, "--max-old-space-size=512")["cli.cjs"];
    expect(check()).toBe("compiled anew");
    expect(check()).toBe("taken");
  });

  test("that others may write is not run", () => {
    const folder = otherPackage();
    const home = scratch();
    checkWith(folder, home);
    for (const file of readdirSync(join(home, "pgconflint")))
      chmodSync(join(home, "pgconflint", file), 0o666);
    expect(checkWith(folder, home)).toEqual(new Set(["compiled anew"]));
  });

  test("without a home that can be written to, the check runs all the same", () => {
    expect(checkWith(otherPackage(), "/dev/null/none")).toEqual(new Set(["compiled anew"]));
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
