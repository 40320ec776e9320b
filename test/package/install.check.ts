import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { allNodes, must, pathWith, project, run, tarball } from "./installed.ts";
import { fetched, TOOLS } from "./tools.ts";

const CHECK = ["check", "pg_hba.conf", "--format", "compact"];
const FOUND = {
  code: 1,
  stdout: 'pg_hba.conf:1:15: error server/hba-unknown-method "scram" is no method.\n',
  stderr: "",
};

/** Installed once with npm; the tests copy or use it. */
let installed = "";
beforeAll(() => {
  installed = mkdtempSync(join(tmpdir(), "pgconflint-installed-"));
  writeFileSync(join(installed, "package.json"), "{}");
  must("npm", ["install", "--silent", "--save-dev", tarball], { cwd: installed });
});
afterAll(() => rmSync(installed, { recursive: true, force: true }));

test("one package is installed, and its program", () => {
  expect(readdirSync(join(installed, "node_modules")).sort()).toEqual([
    ".bin",
    ".package-lock.json",
    "pgconflint",
  ]);
  expect(readdirSync(join(installed, "node_modules/.bin"))).toEqual(["pgconflint"]);
});

describe.each(allNodes)("with Node $version", (node) => {
  const env = { PATH: pathWith(node) };

  test("the command", () => {
    const cwd = project();
    expect(run(join(installed, "node_modules/.bin/pgconflint"), CHECK, { cwd, env })).toEqual(FOUND);
  });

  test("every command that loads a file of its own", () => {
    const cwd = project();
    const words = (...args: string[]) => {
      const { code, stdout, stderr } = run(join(installed, "node_modules/.bin/pgconflint"), args, {
        cwd,
        env,
      });
      return [code, stderr, stdout.split("\n", 1)[0]];
    };
    expect(words("--version")).toEqual([0, "", manifest.version]);
    expect(words("--help")).toEqual([0, "", "pgconflint [command] [paths..]"]);
    expect(words("explain", "fsync")).toEqual([0, "", "fsync"]);
    expect(words("tune", "--memory", "8GB", "--cpus", "4")[0]).toBe(0);
    expect(words("host").slice(0, 2)).toEqual([0, ""]);
    expect(words("check", "--format", "sarif", "--fail-on", "never")).toEqual([0, "", "{"]);
    expect(words("chekc")).toEqual([
      2,
      "pgconflint: chekc: neither a command nor a file; did you mean check?\n",
      "",
    ]);
  });

  const USE = `const { findings, summary } = lint({
  files: [{ path: "postgresql.conf", text: "fsync = maybe\\n" }],
  target: { postgres: "16" },
});
console.log(summary.error, findings.find(({ severity }) => severity === "error").server.message);
`;
  const USED = '1 parameter "fsync" requires a Boolean value\n';

  test("the library, imported", () => {
    const file = join(installed, `use-${node.version}.mjs`);
    writeFileSync(file, `import { lint } from "pgconflint";\n${USE}`);
    expect(run(node.path, [file])).toEqual({ code: 0, stdout: USED, stderr: "" });
  });

  test("the library, required", () => {
    const file = join(installed, `use-${node.version}.cjs`);
    writeFileSync(file, `const { lint } = require("pgconflint");\n${USE}`);
    const { code, stdout } = run(node.path, ["--no-warnings=ExperimentalWarning", file]);
    expect([code, stdout]).toEqual([0, USED]);
  });

  test("without a home, as a user who may write nowhere", () => {
    const cwd = mkdtempSync(join(tmpdir(), "pgconflint-read-only-"));
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    try {
      cpSync(join(project(), "pg_hba.conf"), join(cwd, "pg_hba.conf"));
      cpSync(join(installed, "node_modules"), join(cwd, "node_modules"), {
        recursive: true,
        verbatimSymlinks: true,
      });
      cpSync(node.path, join(cwd, "node"));
      must("chmod", ["-R", "a+rX,a-w", cwd]);
      const program = join(cwd, "node_modules/pgconflint/bin/pgconflint.js");
      const bare = { cwd, ...nobody, env: { HOME: undefined } };
      expect(run(join(cwd, "node"), [program, ...CHECK], bare)).toEqual(FOUND);
    } finally {
      must("chmod", ["-R", "u+w", cwd]);
      rmSync(cwd, { recursive: true, force: true });
    }
  });
});

describe("by other ways", () => {
  test("npx, from the tarball", () => {
    const cwd = project();
    const cache = join(cwd, "npm-cache");
    expect(
      run("npx", ["--yes", `--package=${tarball}`, "pgconflint", ...CHECK], {
        cwd,
        env: { npm_config_cache: cache },
      }),
    ).toEqual(FOUND);
  });

  test("npm exec and a script of package.json, in a project that has it", () => {
    const cwd = project();
    cpSync(join(installed, "node_modules"), join(cwd, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
    });
    writeFileSync(
      join(cwd, "package.json"),
      JSON.stringify({ scripts: { lint: `pgconflint ${CHECK.join(" ")}` } }),
    );
    expect(run("npm", ["exec", "--no", "--", "pgconflint", ...CHECK], { cwd })).toEqual(FOUND);
    expect(run("npm", ["run", "--silent", "lint"], { cwd })).toEqual(FOUND);
  });

  test("npm install --global", () => {
    const cwd = project();
    must("npm", ["install", "--silent", "--global", "--prefix", join(cwd, "global"), tarball], { cwd });
    expect(run(join(cwd, "global/bin/pgconflint"), CHECK, { cwd })).toEqual(FOUND);
    const manual = readFileSync(join(cwd, "global/share/man/man1/pgconflint.1"), "utf8");
    expect(manual).toContain("pgconflint \\- linter for PostgreSQL and PgBouncer configuration");
  });

  test("pnpm, whose node_modules are links", () => {
    const cwd = project();
    const pnpm = join(fetched(TOOLS.pnpm), ".bin/pnpm");
    must(pnpm, ["add", "--save-dev", "--offline", "--store-dir", join(cwd, "store"), tarball], { cwd });
    expect(run(pnpm, ["exec", "pgconflint", ...CHECK], { cwd })).toEqual(FOUND);
    expect(run(join(cwd, "node_modules/.bin/pgconflint"), CHECK, { cwd })).toEqual(FOUND);
  });

  test("yarn, which leaves it in a zip archive", () => {
    const cwd = project();
    const yarn = join(fetched(TOOLS.yarn), "@yarnpkg/cli-dist/bin/yarn.js");
    const env = { YARN_ENABLE_TELEMETRY: "0", YARN_ENABLE_GLOBAL_CACHE: "0" };
    writeFileSync(join(cwd, "yarn.lock"), "");
    must(process.execPath, [yarn, "add", "--dev", `pgconflint@file:${tarball}`], { cwd, env });
    expect(run(process.execPath, [yarn, "pgconflint", ...CHECK], { cwd, env })).toEqual(FOUND);
    expect(run(process.execPath, [yarn, "pgconflint", "explain", "fsync"], { cwd, env }).code).toBe(0);
  });

  test("below a folder with spaces, quotes and umlauts", () => {
    const cwd = join(project(), "Größe 100% 'a\" #1");
    mkdirSync(cwd);
    cpSync(join(installed, "node_modules"), join(cwd, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
    });
    writeFileSync(join(cwd, "pg_hba.conf"), "local all all scram\n");
    expect(run(join(cwd, "node_modules/.bin/pgconflint"), CHECK, { cwd })).toEqual(FOUND);
    expect(run(join(cwd, "node_modules/.bin/pgconflint"), ["--help"], { cwd }).code).toBe(0);
  });
});
