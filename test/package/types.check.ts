import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/fixtures.ts";
import { must, project, run, tarball } from "./installed.ts";
import { fetched, TOOLS } from "./tools.ts";

/** The newest, and one from before imports of .ts were allowed. */
const COMPILERS = {
  "TypeScript 7": join(root, "node_modules/typescript/bin/tsc"),
  "TypeScript 5.6": join(fetched(TOOLS.attw), "typescript/bin/tsc"),
};

describe.each(Object.entries(COMPILERS))("the types, with %s", (_name, tsc) => {
  test.each([
    ["nodenext", "nodenext"],
    ["node16", "node16"],
    ["bundler", "esnext"],
  ])("and moduleResolution %s", (moduleResolution, module) => {
    const cwd = project();
    mkdirSync(join(cwd, "node_modules/pgconflint"), { recursive: true });
    must("tar", ["xzf", tarball, "--strip-components=1", "-C", join(cwd, "node_modules/pgconflint")]);
    writeFileSync(join(cwd, "package.json"), '{ "type": "module" }');
    copyFileSync(join(root, "fixtures/package/use.ts"), join(cwd, "use.ts"));
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      target: "es2022",
      lib: ["es2022"],
      types: [],
      module,
      moduleResolution,
    };
    writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use.ts"] }));
    expect(run(process.execPath, [tsc], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(run(process.execPath, ["use.js"], { cwd })).toEqual({
      code: 0,
      stdout: `lint: 1:9 parameter "fsync" requires a Boolean value
effectiveSettings: work_mem 64MB 4096
readHba: true host scram-sha-256
readHba: true users bob bob
matchHba: 1 scram-sha-256
matchHba: no line
tune: shared_buffers 8GB restart
errors: true true
`,
      stderr: "",
    });
  });
});

test("publint has nothing to say", () => {
  const publint = join(fetched(TOOLS.publint), "publint/src/cli.js");
  const { code, stdout } = run(process.execPath, [publint, tarball, "--strict"], { env: { NO_COLOR: "1" } });
  expect([code, stdout.trimEnd().split("\n").at(-1)]).toEqual([0, "All good!"]);
});

test("attw has nothing to say where ESM is known", () => {
  const attw = join(fetched(TOOLS.attw), "@arethetypeswrong/cli/dist/index.js");
  const { code, stdout } = run(process.execPath, [
    attw,
    tarball,
    "--profile",
    "esm-only",
    "--format",
    "json",
  ]);
  const problems: { kind: string; resolutionKind?: string }[] = JSON.parse(stdout).analysis.problems;
  const known = ({ resolutionKind }: (typeof problems)[number]) =>
    resolutionKind !== "node10" && resolutionKind !== "node16-cjs";
  expect([code, problems.filter(known)]).toEqual([0, []]);
});
