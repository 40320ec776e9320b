import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { join } from "node:path";
import { install } from "./nodes.ts";
import { compare, peakMemory } from "./processes.ts";
import { SMALL_CONF } from "./small-conf.ts";

/** A linter in its usual set-up: one small file in which it finds nothing, and a configuration only where it wants one. */
interface Peer {
  readonly name: string;
  /** As npm installs it; of ours, the packed package. */
  readonly wanted?: string;
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly note?: string;
}

const SCRIPT = `export function total(prices) {
  let sum = 0;
  for (const price of prices) {
    sum += price;
  }
  return sum;
}
`;
const NATIVE = "a native program behind a starter in JavaScript";
const PEERS: readonly Peer[] = [
  {
    name: "pgconflint",
    args: ["check", "postgresql.conf", "--postgres", "17"],
    files: { "postgresql.conf": `${SMALL_CONF.replace("24gb", "24GB")}\n` },
  },
  {
    name: "squawk-cli",
    wanted: "2.66.0",
    args: ["small.sql"],
    files: { "small.sql": "SET lock_timeout = '1s';\nSET statement_timeout = '5s';\nSELECT 1;\n" },
    note: NATIVE,
  },
  {
    name: "@biomejs/biome",
    wanted: "2.6.8",
    args: ["lint", "small.js"],
    files: { "small.js": SCRIPT, "biome.json": `{ "root": true }\n` },
    note: NATIVE,
  },
  {
    name: "eslint",
    wanted: "10.15.0",
    args: ["small.js"],
    files: {
      "small.js": SCRIPT,
      "eslint.config.mjs": `export default [{ rules: { "no-unused-vars": "error" } }];\n`,
    },
  },
  {
    name: "markdownlint-cli2",
    wanted: "0.22.1",
    args: ["small.md"],
    files: { "small.md": "# Prices\n\nThey are in a table.\n\n- one\n- two\n" },
  },
];

/** Start-up beside other linters, as a table in Markdown. */
export function peersTable(root: string): string {
  const cache = join(root, ".cache/bench");
  const rows = PEERS.map((peer) => rowOf(peer, join(cache, peer.name.replace("/", "-")), root));
  const [processor] = cpus();
  return `| linter | file | × \`node -e 0\` | added | peak memory | installed | packages |
|---|---|---|---|---|---|---|
${rows.join("\n")}

Each ran in turn with \`node -e 0\`, 25 times, from start to exit on one small file in which it finds nothing; the numbers are
medians. Node ${process.versions.node}, ${cpus().length} cores (${processor?.model.trim() ?? arch()}), ${platform()}, ${new Date().toISOString().slice(0, 10)};
\`npm run bench -- --peers --write\`.`;
}

function rowOf(peer: Peer, folder: string, root: string): string {
  const installed = join(folder, "node_modules", peer.name);
  mkdirSync(folder, { recursive: true });
  // Ours is packed anew each time.
  const wanted = peer.wanted ? `${peer.name}@${peer.wanted}` : packed(root, folder);
  if (!(peer.wanted && existsSync(installed)) && !install(folder, wanted))
    return `| ${peer.name} | not measured: npm could not fetch it | | | | | |`;
  for (const [name, text] of Object.entries(peer.files)) writeFileSync(join(folder, name), text);
  const { version, bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const script: string = typeof bin === "string" ? bin : (Object.values(bin).map(String)[0] ?? "");
  const program = process.execPath;
  const command = { program, args: [join(installed, script), ...peer.args], cwd: folder };
  const { ratio, added } = compare({ program, args: ["-e", "0"] }, command);
  const peak = peakMemory(command);
  const { bytes, packages } = sizeOf(join(folder, "node_modules"));
  return `| ${peer.name} ${version}${peer.note ? `, ${peer.note}` : ""} | ${Object.keys(peer.files)[0]} | ${ratio.toFixed(2)} | ${added.toFixed(0)} ms | ${peak === undefined ? "" : `${peak.toFixed(0)} MiB`} | ${(bytes / 1024 ** 2).toFixed(1)} MiB | ${packages} |`;
}

function packed(root: string, folder: string): string {
  const options = ["--ignore-scripts", "--silent", "--pack-destination", folder];
  const name = execFileSync("npm", ["pack", ...options], { cwd: root, encoding: "utf8" });
  return join(folder, name.trim());
}

/** What an installation takes on the disk, and of how many packages it is. */
function sizeOf(folder: string): { bytes: number; packages: number } {
  let bytes = 0;
  let packages = 0;
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const stat = statSync(join(folder, path), { throwIfNoEntry: false });
    if (stat?.isFile() && !path.startsWith(".")) bytes += stat.size;
    if (/(?:^|node_modules\/)(?:@[^/]+\/)?[^@./][^/]*\/package\.json$/.test(path)) packages++;
  }
  return { bytes, packages };
}

/** Puts the table between its marks. */
export function writeTable(table: string, path: string): void {
  const text = readFileSync(path, "utf8");
  const marks = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
  if (!marks.test(text)) throw new Error(`${path} has no <!-- bench --> and <!-- /bench -->`);
  writeFileSync(
    path,
    text.replace(marks, (_all, start, end) => `${start}\n${table}\n\n${end}`),
  );
}
