import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { root } from "../support/fixtures.ts";
import { fetched, type Node, nodes, TOOLS } from "./tools.ts";

declare module "vitest" {
  interface ProvidedContext {
    tarball: string;
    nodes: readonly Node[];
  }
}

/** Packs as `npm publish` would, unless PGCONFLINT_TARBALL names what is to be published. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "pgconflint-packed-"));
  project.provide(
    "tarball",
    process.env.PGCONFLINT_TARBALL ? resolve(process.env.PGCONFLINT_TARBALL) : pack(folder),
  );
  project.provide("nodes", nodes());
  for (const spec of Object.values(TOOLS)) fetched(spec);
  return () => rmSync(folder, { recursive: true, force: true });
}

function pack(folder: string): string {
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  const [name = ""] = readdirSync(folder);
  return join(folder, name);
}
