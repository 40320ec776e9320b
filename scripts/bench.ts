// npm run bench: start-up against `node -e 0` in one run, throughput, and how readers and the algebra of pg_hba.conf grow.
// npm run bench -- --fleet [N]: a tree of N servers, 10,000 unless told.
// npm run bench -- --peers: start-up beside other linters; --write puts that table into README.md.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { benchFleet } from "./bench/fleet.ts";
import { growth } from "./bench/growth.ts";
import { peersTable, writeTable } from "./bench/peers.ts";
import { reach } from "./bench/reach.ts";
import { startUp } from "./bench/start-up.ts";
import { throughput } from "./bench/throughput.ts";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const flags = new Set(process.argv.slice(2));

if (flags.has("--peers")) {
  const table = peersTable(root);
  console.log(table);
  if (flags.has("--write")) writeTable(table, join(root, "README.md"));
} else if (flags.has("--fleet")) {
  benchFleet(root, process.argv[3]);
} else {
  startUp(root, folder);
  await throughput(folder);
  growth();
  reach();
}
