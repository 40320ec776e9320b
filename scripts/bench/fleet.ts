// npm run bench -- --fleet [SERVERS]: servers a second and peak memory, with one thread and more, at a tenth of the servers and at all.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeFleet } from "./fleet-tree.ts";

const FORMATS = ["pretty", "compact", "json-lines", "summary", "json", "sarif"];
const JOBS = ["1", "2"];
const SERVERS = 10_000;

export function benchFleet(root: string, argument: string | undefined): void {
  const all = Number(argument ?? SERVERS);
  const folder = mkdtempSync(join(tmpdir(), "bench-fleet-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const sizes = [Math.round(all / 10), all];
  for (const servers of sizes) writeFleet(join(folder, String(servers)), servers);

  console.log("format      threads    servers  a second    CPU s   peak MiB");
  for (const format of FORMATS)
    for (const jobs of JOBS)
      for (const servers of sizes) {
        const { seconds, cpu, peak } = run(root, join(folder, String(servers)), format, jobs);
        const cells = [jobs, servers.toLocaleString("en"), (servers / seconds).toFixed(0), cpu, peak];
        const widths = [7, 10, 9, 8, 10];
        console.log(
          `${format.padEnd(12)}${cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join(" ")}`,
        );
      }
}

/** Wall time by our own clock; processor time and memory as the system counted them. */
function run(root: string, tree: string, format: string, jobs: string) {
  const program = [resolve(root, "bin/pgconflint.js"), "check", tree];
  const options = ["--format", `${format}=/dev/null`, "--jobs", jobs, "--fail-on", "never"];
  const started = performance.now();
  const { status, stderr } = spawnSync(
    "/usr/bin/time",
    ["-f", "%U %S %M", process.execPath, ...program, ...options],
    { encoding: "utf8" },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`check of ${tree} ended with ${status}: ${stderr}`);
  const [user = 0, system = 0, kilobytes = 0] = (stderr.trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  return { seconds, cpu: (user + system).toFixed(1), peak: (kilobytes / 1024).toFixed(0) };
}
