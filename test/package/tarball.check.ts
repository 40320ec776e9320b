import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { must, project, tarball } from "./installed.ts";

const BELONGS =
  /^(?:LICENSE|README\.md|package\.json|bin\/[\w-]+\.js|bin\/package\.json|man\/pgconflint\.1|docs\/[\w-]+\.schema\.json|dist\/(?:index\.js|[\w-]+\.cjs|texts\.json|examples\.json|THIRD-PARTY-LICENSES|types\/.+\.d\.ts))$/;

test("holds the program, the library, its types and the schemas; no sources, maps or compiled code", () => {
  const files = must("tar", ["tzf", tarball]).trimEnd().split("\n");
  const inPackage = files.map((file) => file.replace(/^package\//, ""));
  expect(inPackage.filter((file) => !BELONGS.test(file))).toEqual([]);
  for (const file of ["bin/pgconflint.js", "dist/cli.cjs", "dist/index.js", "dist/types/index.d.ts"])
    expect(inPackage).toContain(file);
  // The compiler writes one for every file of the sources.
  expect(inPackage.filter((file) => file.endsWith(".d.ts")).length).toBeLessThan(100);
});

test("takes less than a megabyte to download", () => {
  expect(statSync(tarball).size).toBeLessThan(1_000_000);
});

test("needs no other package, and runs nothing where it is installed", () => {
  const cwd = project();
  must("tar", ["xzf", tarball, "-C", cwd]);
  const manifest = JSON.parse(must("cat", ["package/package.json"], { cwd }));
  expect(Object.keys(manifest).filter((key) => /^(?:.*[dD]ependencies)$/.test(key))).toEqual([
    "devDependencies",
  ]);
  expect(Object.keys(manifest.scripts).filter((name) => /install$/.test(name))).toEqual([]);
});
