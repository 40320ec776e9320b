// npm run bench: start-up against `node -e 0` in one run, throughput, and how the readers grow.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { lint, readHba } from "../src/index.ts";

const root = resolve(import.meta.dirname, "..");
const bin = join(root, "bin/pgconflint.js");
const folder = mkdtempSync(join(tmpdir(), "bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const line = (what: string, result: string) => console.log(`${what.padEnd(58)} ${result}`);

/** A configuration of some 60 lines, as a person would keep it. */
const settings = `max_connections = 200
shared_buffers = 8GB
effective_cache_size = 24GB
work_mem = 32MB
maintenance_work_mem = 1GB
wal_level = replica
archive_mode = on
archive_command = 'pgbackrest --stanza=main archive-push %p'
random_page_cost = 1.1
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = 1s
autovacuum_vacuum_scale_factor = 0.05
TimeZone = 'Europe/Berlin'
`;
const small = `${"# a comment between the settings\n".repeat(3)}${settings}`
  .repeat(4)
  .slice(0, 60 * 34)
  .split("\n")
  .slice(0, 60)
  .join("\n");
const file = join(folder, "postgresql.conf");
writeFileSync(file, `${small}\n`);

startUp();
await throughput();
growth();

/** Runs the two commands in turn, so that a slow moment of the machine hits both. */
function startUp(): void {
  const run = (args: string[]) => {
    const started = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
    if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
    return performance.now() - started;
  };
  const memory = (args: string[]) => {
    const told = spawnSync("/usr/bin/time", ["-f", "%M", process.execPath, ...args], { encoding: "utf8" });
    return Number(told.stderr?.trim().split("\n").at(-1)) / 1024;
  };
  const check = [bin, "check", file, "--postgres", "17", "--fail-on", "never"];
  run(check);
  const pairs = Array.from({ length: 25 }, () => [run(["-e", "0"]), run(check)] as const);
  const base = median(pairs.map(([bare]) => bare));
  const ours = median(pairs.map(([, checked]) => checked));
  const ratio = median(pairs.map(([bare, checked]) => checked / bare));
  line(
    `check of ${small.split("\n").length} lines, Node ${process.versions.node}`,
    `${ratio.toFixed(2)}x node -e 0 (${ours.toFixed(0)} and ${base.toFixed(0)} ms)`,
  );
  const peak = [memory(["-e", "0"]), memory(check)];
  line(
    "peak memory",
    peak.some(Number.isNaN)
      ? "not measured: no /usr/bin/time"
      : `${peak[1]?.toFixed(0)} MiB (node -e 0: ${peak[0]?.toFixed(0)} MiB)`,
  );
}

async function throughput(): Promise<void> {
  const tree = join(folder, "tree");
  for (let at = 0; at < 1000; at++) {
    const directory = join(tree, `server-${at}`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(
      join(directory, "postgresql.conf"),
      small.replace("max_connections = 200", `max_connections = ${100 + at}`),
    );
  }
  const { check } = await import("../src/cli/check.ts");
  const io = {
    stdout() {},
    stderr() {},
    stdin: () => new Uint8Array(),
    env: {},
    cwd: folder,
    isTerminal: () => false,
  };
  const once = async () => {
    const started = performance.now();
    await check({ command: "check", paths: ["tree"], flags: { format: ["json"] } }, io);
    return 1000 / ((performance.now() - started) / 1000);
  };
  await once();
  const rates = [await once(), await once(), await once()];
  line("1,000 configurations in a directory, one process", `${median(rates).toFixed(0)} a second`);
}

/** Time for n lines as n^e; e from one eighth of the size. */
function growth(): void {
  const conf = (lines: number) =>
    Array.from({ length: lines }, (_, at) =>
      at % 3 ? `app.setting_${at} = 'value ${at}'` : `work_mem = ${64 + at}kB # line ${at}`,
    ).join("\n");
  const hba = (lines: number) =>
    Array.from(
      { length: lines },
      (_, at) => `host db${at % 500} user${at % 5000} 10.${at % 256}.${(at >> 8) % 256}.0/24 scram-sha-256`,
    ).join("\n");
  const time = (work: () => void) => {
    const runs = Array.from({ length: 5 }, () => {
      const started = performance.now();
      work();
      return performance.now() - started;
    });
    return Math.min(...runs);
  };
  const measure = (
    what: string,
    lines: number,
    make: (lines: number) => string,
    work: (text: string) => void,
  ) => {
    const whole = make(lines);
    const part = make(lines / 8);
    work(part);
    const short = time(() => work(part));
    const long = time(() => work(whole));
    const exponent = Math.log(long / short) / Math.log(8);
    line(
      `${what} of ${lines.toLocaleString("en")} lines`,
      `${(long / 1000).toFixed(2)} s, growth exponent ${exponent.toFixed(2)}`,
    );
  };
  measure("postgresql.conf", 20_000, conf, (text) => lint({ files: [{ path: "postgresql.conf", text }] }));
  measure("pg_hba.conf", 100_000, hba, (text) => {
    lint({ files: [{ path: "pg_hba.conf", text }] });
  });
  measure("pg_hba.conf, rows alone,", 100_000, hba, (text) =>
    readHba({ files: [{ path: "pg_hba.conf", text }] }),
  );
}
