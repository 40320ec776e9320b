// Prints what CHANGELOG.md says of a release: node scripts/release-notes.mjs v1.2.3
// Fails where the tag is not the version of package.json, or the changelog does not know it.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const [tag] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
if (tag !== `v${version}`)
  fail(`the tag is ${tag}, package.json has ${version}; the tag must be v${version}`);

const sections = readFileSync(join(root, "CHANGELOG.md"), "utf8").split(/^## /m);
const section = sections.find((text) => text.startsWith(`[${version}] - `));
if (!section) fail(`CHANGELOG.md has no section "## [${version}] - DATE"`);
console.log(section.slice(section.indexOf("\n")).trim());

function fail(reason) {
  console.error(`release-notes: ${reason}`);
  process.exit(1);
}
