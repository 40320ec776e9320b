import fc from "fast-check";
import { expect, test } from "vitest";
import { settingIn } from "../src/catalog/postgres.ts";
import { DISKS } from "../src/host/facts.ts";
import { WORKLOADS } from "../src/host/workload.ts";
import { type Finding, type LintInput, lint } from "../src/index.ts";

const MB = 1024 ** 2;
/** Topics in which the rules and tune() speak of the same values. */
const TOPICS = /^(?:memory|connections|io|planner|vacuum)\//;

const size = (...sizes: string[]) => fc.constantFrom(...sizes);
const settings = fc.record(
  {
    shared_buffers: size("16MB", "128MB", "512MB", "2GB", "8GB", "40GB", "400GB"),
    work_mem: size("64kB", "1MB", "4MB", "16MB", "64MB", "256MB", "2GB"),
    maintenance_work_mem: size("1MB", "64MB", "512MB", "2GB", "16GB"),
    autovacuum_work_mem: size("-1", "16MB", "256MB", "4GB"),
    effective_cache_size: size("64MB", "4GB", "24GB", "2TB"),
    max_wal_size: size("64MB", "512MB", "1GB", "2GB", "64GB"),
    min_wal_size: size("32MB", "80MB", "1GB", "4GB"),
    checkpoint_timeout: size("30s", "5min", "15min", "2h"),
    checkpoint_completion_target: size("0.1", "0.5", "0.9", "1"),
    max_connections: fc.constantFrom("10", "20", "100", "300", "1000", "5000"),
    max_worker_processes: fc.constantFrom("1", "4", "8", "64"),
    max_parallel_workers: fc.constantFrom("0", "2", "8", "32"),
    max_parallel_workers_per_gather: fc.constantFrom("0", "2", "8", "32"),
    max_parallel_maintenance_workers: fc.constantFrom("0", "2", "8", "32"),
    autovacuum_max_workers: fc.constantFrom("1", "3", "10", "30"),
    autovacuum_vacuum_cost_limit: fc.constantFrom("-1", "10", "200", "2000"),
    autovacuum_vacuum_cost_delay: size("-1", "0", "2ms", "20ms", "100ms"),
    random_page_cost: fc.constantFrom("0.5", "1", "1.1", "2", "4"),
    seq_page_cost: fc.constantFrom("0.5", "1", "2"),
    effective_io_concurrency: fc.constantFrom("0", "1", "16", "200"),
    default_statistics_target: fc.constantFrom("1", "100", "500", "10000"),
    hash_mem_multiplier: fc.constantFrom("1", "2", "8"),
    wal_buffers: size("-1", "64kB", "64MB"),
  },
  { requiredKeys: [] },
);
const hosts = fc.record({
  memory: fc.constantFrom(512, 1024, 4096, 16_384, 65_536, 524_288).map((megabytes) => megabytes * MB),
  cpus: fc.constantFrom(0.5, 1, 2, 4, 16, 64),
  disk: fc.constantFrom(...DISKS),
});

type Values = Readonly<Record<string, string>>;
const suggestions = (input: Omit<LintInput, "files">, values: Values): readonly Finding[] => {
  const text = Object.entries(values).map(([name, value]) => `${name} = ${value}\n`);
  const files = [{ path: "postgresql.conf", text: text.join("") }];
  return lint({ ...input, files }).findings.filter(
    ({ rule, suggested }) => TOPICS.test(rule) && suggested !== undefined,
  );
};

/** A value depends on others: with fewer workers each has more, and with more shared_buffers the rest has less. */
const PASSES = 4;

test("whoever writes all the values that are suggested soon has none suggested any more", () => {
  fc.assert(
    fc.property(
      settings,
      hosts,
      fc.constantFrom(...WORKLOADS),
      fc.integer({ min: 10, max: 18 }),
      (all, host, kind, major) => {
        const version = { major, minor: null };
        const input = { host, workload: { kind }, target: { postgres: String(major) } };
        const values: Record<string, string> = {};
        for (const [name, value] of Object.entries(all))
          if (value !== undefined && settingIn(version, name)) values[name] = value;
        let found = suggestions(input, values);
        for (let pass = 0; pass < PASSES && found.length > 0; pass++) {
          for (const { setting, suggested } of found) if (setting && suggested) values[setting] = suggested;
          found = suggestions(input, values);
        }
        expect(found.map(({ message }) => message)).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});
