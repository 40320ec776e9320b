// Writes src/catalog/*.json from what the servers of all majors say; --check only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MAJORS } from "../../src/catalog/version.ts";
import { type Release, server } from "../servers/releases.ts";
import { collect, type ServerFacts } from "./facts.ts";
import { encodingsJson, postgresJson, textsJson, zonesJson } from "./json.ts";

const folder = resolve(import.meta.dirname, "../../src/catalog");
const check = process.argv.includes("--check");

const releases: Release[] = [];
const servers: ServerFacts[] = [];
for (const major of MAJORS) {
  const release = await server(major);
  console.error(`asking ${release.title}`);
  releases.push(release);
  servers.push(await collect(release));
}

const files = {
  "postgres.json": postgresJson(servers),
  "texts.json": textsJson(servers),
  "zones.json": zonesJson(releases),
  "encodings.json": encodingsJson(servers),
};
const stale = Object.entries(files).filter(([file, text]) => text !== current(file));
for (const [file, text] of stale) {
  if (!check) writeFileSync(join(folder, file), text);
  console.log(`${check ? "stale" : "written"}: src/catalog/${file}, ${text.length} bytes`);
}
if (stale.length === 0) console.log("src/catalog is what the servers say");
process.exitCode = check && stale.length > 0 ? 1 : 0;

function current(file: string): string | null {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch {
    return null;
  }
}
