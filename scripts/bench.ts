// npm run bench: start-up against `node -e 0` in one run, throughput, and how readers and the algebra of pg_hba.conf grow.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readHba as readHbaFile } from "../src/cluster/hba.ts";
import { HbaReach } from "../src/cluster/hba-reach.ts";
import { lint, readHba } from "../src/index.ts";
import { fileSet } from "../src/text/files.ts";
import { sourceOf } from "../src/text/source.ts";
import { benchFleet } from "./bench/fleet.ts";

const root = resolve(import.meta.dirname, "..");
const bin = join(root, "bin/pgconflint.js");
const folder = mkdtempSync(join(tmpdir(), "bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const line = (what: string, result: string) => console.log(`${what.padEnd(58)} ${result}`);

/** A configuration of 60 lines, as a person would keep it; with one slip. */
const small = `# shop, primary. Managed by hand; tell the DBAs when you change something.

# connections
listen_addresses = '10.20.0.11, localhost'
port = 5432
max_connections = 200                   # the pooler has 180
superuser_reserved_connections = 5
password_encryption = scram-sha-256
authentication_timeout = 30s
ssl = on
ssl_cert_file = '/etc/ssl/certs/shop.pem'
ssl_key_file = '/etc/ssl/private/shop.key'
tcp_keepalives_idle = 60

# memory
shared_buffers = 8GB                    # (change requires restart)
effective_cache_size = 24gb
work_mem = 32MB
maintenance_work_mem = 1GB
huge_pages = try
dynamic_shared_memory_type = posix

# write-ahead log
wal_level = replica
max_wal_size = 16GB
min_wal_size = 2GB
wal_compression = on
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
archive_mode = on
archive_command = 'pgbackrest --stanza=main archive-push %p'
max_wal_senders = 10
wal_keep_size = 4GB

# planner
random_page_cost = 1.1
effective_io_concurrency = 200
default_statistics_target = 200

# logging
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = 1s
log_checkpoints = on
log_lock_waits = on
log_temp_files = 64MB
log_timezone = 'Europe/Berlin'

# autovacuum
autovacuum_max_workers = 5
autovacuum_vacuum_scale_factor = 0.05
autovacuum_vacuum_cost_limit = 2000

# the rest
TimeZone = 'Europe/Berlin'
shared_preload_libraries = 'pg_stat_statements'
pg_stat_statements.max = 10000`;
const file = join(folder, "postgresql.conf");
writeFileSync(file, `${small}\n`);

const [what, size] = process.argv.slice(2);
if (what === "--fleet") benchFleet(root, size);
else {
  startUp();
  await throughput();
  growth();
  reach();
}

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

/** Who gets to which line: everything but the reading of the file. */
function reach(): void {
  const pick = (at: number, salt: number, count: number) => (Math.imul(at + salt, 2654435761) >>> 8) % count;
  const types = ["host", "host", "hostssl", "hostnossl", "local"];
  const bits = [16, 20, 24, 24, 24, 28, 32];
  const list = (name: string, at: number, salt: number, count: number) =>
    Array.from(
      { length: pick(at, salt, 8) === 0 ? 3 : 1 },
      (_, more) => `${name}${pick(at, salt + 7 * more, count)}`,
    ).join(",");
  const address = (at: number) =>
    pick(at, 5, 6) === 0
      ? `2001:db8:${pick(at, 6, 65536).toString(16)}::/${[48, 56, 64][pick(at, 7, 3)]}`
      : `10.${pick(at, 8, 256)}.${pick(at, 9, 256)}.0/${bits[pick(at, 10, bits.length)]}`;
  const mixed = (lines: number) =>
    Array.from({ length: lines }, (_, at) => {
      const type = types[pick(at, 1, types.length)];
      const from = type === "local" ? "" : address(at);
      return `${type} ${list("db", at, 2, 500)} ${list("user", at, 3, 5000)} ${from} ${at % 9 ? "scram-sha-256" : "reject"}`;
    }).join("\n");
  const facts = {
    version: { major: 18, minor: null },
    ssl: true,
    oauthLibraries: "",
    userNamespace: false,
  };
  const read = (lines: number) => {
    const source = sourceOf("pg_hba.conf", mixed(lines));
    return readHbaFile(fileSet([source]), source, facts);
  };
  new HbaReach(read(100_000));
  const times = [12_500, 25_000, 50_000, 100_000].map((lines) => {
    const file = read(lines);
    let dead = 0;
    const took = time(() => {
      dead = new HbaReach(file).lines.filter(({ open }) => open === 0).length;
    });
    const memory = process.memoryUsage.rss() / 1024 ** 2;
    line(
      `who gets to which of ${lines.toLocaleString("en")} lines`,
      `${(took / 1000).toFixed(3)} s, ${dead.toLocaleString("en")} dead, ${memory.toFixed(0)} MiB`,
    );
    return took;
  });
  const exponent = Math.log((times.at(-1) ?? 0) / (times[0] ?? 1)) / Math.log(8);
  const file = read(100);
  line("who gets to which of 100 lines", `${time(() => new HbaReach(file)).toFixed(2)} ms`);
  line("growth exponent from 12,500 to 100,000 lines", exponent.toFixed(2));
}

// The mean and not the best, in which a short run never has to wait for the collector and a long one always does.
function time(work: () => void): number {
  const started = performance.now();
  let runs = 0;
  do {
    work();
    runs++;
  } while (runs < 5 || performance.now() - started < 3000);
  return (performance.now() - started) / runs;
}
