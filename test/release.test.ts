import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch } from "./support/cli.ts";
import { root } from "./support/fixtures.ts";

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- Not out yet.

## [1.2.0] - 2027-01-31

### Fixed

- A bug.

## [1.1.0] - 2026-12-24

- Older.
`;

function notes(tag: string, version = "1.2.0") {
  const folder = scratch();
  mkdirSync(join(folder, "scripts"));
  cpSync(join(root, "scripts/release-notes.mjs"), join(folder, "scripts/release-notes.mjs"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ version }));
  writeFileSync(join(folder, "CHANGELOG.md"), CHANGELOG);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/release-notes.mjs", tag], {
    cwd: folder,
    encoding: "utf8",
  });
  return [status, stdout, stderr];
}

test("a release is told with its section of the changelog", () => {
  expect(notes("v1.2.0")).toEqual([0, "### Fixed\n\n- A bug.\n", ""]);
});

test("a tag that is not the version is not released", () => {
  const reason = "release-notes: the tag is v1.3.0, package.json has 1.2.0; the tag must be v1.2.0\n";
  expect(notes("v1.3.0")).toEqual([1, "", reason]);
});

test("nor is a version that the changelog does not know", () => {
  const reason = 'release-notes: CHANGELOG.md has no section "## [1.3.0] - DATE"\n';
  expect(notes("v1.3.0", "1.3.0")).toEqual([1, "", reason]);
});

test("the changelog has what is not released yet on top, and no other headings than those of Keep a Changelog", () => {
  const text = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  const headings = [...text.matchAll(/^#{2,} .*$/gm)].map(String);
  expect(headings[0]).toBe("## [Unreleased]");
  const known =
    /^(?:## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d|### (?:Added|Changed|Deprecated|Removed|Fixed|Security))$/;
  expect(headings.slice(1).filter((heading) => !known.test(heading))).toEqual([]);
});
