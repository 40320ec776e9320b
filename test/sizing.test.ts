import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatBytes } from "../src/host/bytes.ts";
import { DISKS } from "../src/host/facts.ts";
import { WORKLOADS } from "../src/host/workload.ts";
import { type TuneInput, tune } from "../src/index.ts";
import { roundDown } from "../src/sizing/round.ts";
import { sharedMemory } from "../src/sizing/shared-memory.ts";

const MB = 1024 ** 2;
const GB = 1024 ** 3;
const course: TuneInput = {
  host: { memory: 32 * GB, cpus: 8, disk: "ssd" },
  workload: "web",
  target: { postgres: "17" },
  connections: 200,
};
const values = (input: TuneInput) =>
  Object.fromEntries(tune(input).settings.map(({ name, value }) => [name, value]));
const bytes = (value = "") => {
  const [, number = "", unit = ""] = /^(\d+)(kB|MB|GB|TB)$/.exec(value) ?? [];
  return Number(number) * 1024 ** (["kB", "MB", "GB", "TB"].indexOf(unit) + 1);
};

test.each([
  [45.6 * MB, "40MB"],
  [7.5 * GB, "7GB"],
  [950 * MB, "896MB"],
  [61.7 * GB, "61GB"],
  [3.9 * MB, "3584kB"],
])("%d bytes are written as %s", (size, text) => {
  expect(formatBytes(roundDown(size))).toBe(text);
});

test("a host with 32GB for 200 connections has the values that every handbook gives, and less work_mem", () => {
  expect(values(course)).toEqual({
    max_connections: "200",
    shared_buffers: "8GB",
    effective_cache_size: "24GB",
    work_mem: "24MB",
    maintenance_work_mem: "1GB",
    autovacuum_work_mem: "384MB",
    max_worker_processes: "12",
    max_parallel_workers: "8",
    max_parallel_workers_per_gather: "2",
    max_parallel_maintenance_workers: "4",
    autovacuum_vacuum_cost_limit: "1000",
    max_wal_size: "8GB",
    min_wal_size: "2GB",
    checkpoint_timeout: "15min",
    random_page_cost: "1.1",
    effective_io_concurrency: "64",
    maintenance_io_concurrency: "32",
    jit: "off",
  });
});

test("each value comes with its reason, its arithmetic, where to read on, and what it takes to apply it", () => {
  expect(tune(course).settings.find(({ name }) => name === "work_mem")).toEqual({
    name: "work_mem",
    value: "24MB",
    reason:
      "What every sort may take even if all connections work at once; give more to the roles and queries that need it",
    arithmetic:
      "(28.8GB usable - 14.3GB for all else - 4.3GB of page cache) / ((200 connections + 8 parallel workers) x 2 for hashes), 64MB at most, rounded down = 24MB",
    source: "https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM",
    group: "Memory",
    apply: "reload",
    changes: true,
  });
});

describe("connections", () => {
  test("that were asked for and do not fit are an error that says by how much", () => {
    const { findings, settings } = tune({
      ...course,
      host: { memory: 512 * MB, cpus: 1, disk: "hdd" },
      connections: 300,
    });
    expect(settings.find(({ name }) => name === "work_mem")?.value).toBe("1MB");
    expect(findings.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      "error: 300 connections do not fit into 512MB of RAM: even with 1MB of work_mem they may take 1.9GB, 475 % of the 416MB that PostgreSQL can use and 1.5GB too much; 40 connections would fit, with a pooler in front for the others.",
    ]);
  });

  test("are those of the pools where a pooler is in front, whose sizes come along", () => {
    const { pooler, kernel, settings } = tune({
      host: { memory: 8 * GB, cpus: 4, disk: "ssd" },
      pooler: true,
      connections: 2000,
    });
    expect(settings[0]).toMatchObject({ name: "max_connections", value: "20" });
    expect(pooler.map(({ name, value }) => `${name} = ${value}`)).toEqual([
      "default_pool_size = 8",
      "reserve_pool_size = 2",
      "max_db_connections = 10",
      "max_client_conn = 2000",
    ]);
    expect(kernel).toContainEqual(expect.objectContaining({ name: "LimitNOFILE", value: "2060" }));
  });
});

describe("an existing configuration", () => {
  const files = [
    {
      path: "postgresql.conf",
      text: "max_connections = 300\nshared_buffers = 7GB # measured\nmax_worker_processes = 20\nmax_wal_size = 6GB\n#work_mem = 4MB\t\t# min 64kB\n",
    },
    { path: "postgresql.auto.conf", text: "random_page_cost = '4'\n" },
  ];
  const tuned = tune({ ...course, files });

  test("never gets less than a standby of it, or its primary, needs", () => {
    const settled = Object.fromEntries(tuned.settings.map(({ name, value }) => [name, value]));
    expect(settled).toMatchObject({ max_connections: "300", max_worker_processes: "20" });
    const primary = [{ path: "postgresql.conf", text: "max_connections = 500\n" }];
    expect(values({ ...course, primary })).toMatchObject({ max_connections: "500" });
  });

  test("is changed where it matters: on its line, below the default, or by ALTER SYSTEM", () => {
    const changes = new Map(tuned.changes.map(({ name, ...change }) => [name, change]));
    expect(changes.get("shared_buffers")).toBeUndefined();
    expect(changes.get("max_connections")).toBeUndefined();
    expect(changes.get("max_wal_size")).toMatchObject({ place: "line", current: "6GB", value: "8GB" });
    expect(changes.get("random_page_cost")).toEqual({
      place: "alter system",
      current: "4",
      value: "1.1",
    });
    expect(changes.get("work_mem")?.edit).toMatchObject({
      start: files[0]?.text.length,
      text: expect.stringMatching(/^work_mem = \d+MB {2}# What every sort/),
    });
  });
});

test("a host that nobody can have is refused", () => {
  expect(() => tune({ ...course, host: { memory: Number.NaN, cpus: 8 } })).toThrow(
    "host.memory NaN: not a size in bytes",
  );
  expect(() => tune({ ...course, host: { memory: GB, cpus: 0 } })).toThrow(
    "host.cpus 0: not a number of processors, such as 8, 0.5 or 500m",
  );
});

const hosts = fc.record({
  memory: fc.integer({ min: 512, max: 2 * 1024 * 1024 }).map((megabytes) => megabytes * MB),
  cpus: fc.oneof(fc.constantFrom(0.25, 0.5, 1.5), fc.integer({ min: 1, max: 128 })),
  disk: fc.constantFrom(...DISKS),
  container: fc.boolean(),
});
const inputs = fc.record({
  host: hosts,
  workload: fc.constantFrom(...WORKLOADS),
  target: fc.integer({ min: 10, max: 18 }).map((major) => ({ postgres: String(major) })),
});

describe("on every host", () => {
  test("the connections that we choose, for ourselves or a pooler, fit into its memory at worst", () => {
    fc.assert(
      fc.property(inputs, fc.boolean(), (input, pooler) => {
        const { budget, findings } = tune({ ...input, pooler });
        expect(budget.worst.taken).toBeLessThanOrEqual(budget.usable);
        expect(budget.likely.taken).toBeLessThanOrEqual(budget.worst.taken);
        expect(findings).toEqual([]);
      }),
    );
  });

  test("more connections never give more work_mem, and those that do not fit are said", () => {
    const counts = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }));
    fc.assert(
      fc.property(inputs, counts, (input, [one, other]) => {
        const [few, many] = [Math.min(one, other), Math.max(one, other)];
        const workMem = (connections: number) => bytes(values({ ...input, connections }).work_mem);
        expect(workMem(many)).toBeLessThanOrEqual(workMem(few));
        const { budget, findings } = tune({ ...input, connections: many });
        expect(findings.map(({ severity }) => severity)).toEqual(budget.worst.fits ? [] : ["error"]);
      }),
    );
  });

  test("more memory never gives less shared_buffers", () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 1, max: 1024 * 1024 }), (input, more) => {
        const { memory } = input.host;
        const larger = { ...input, host: { ...input.host, memory: memory + more * MB } };
        expect(bytes(values(larger).shared_buffers)).toBeGreaterThanOrEqual(
          bytes(values(input).shared_buffers),
        );
      }),
    );
  });
});

/** What `postgres -C shared_memory_size` printed, in MB. */
test.each([
  [15, "32MB", 100, 64, 41],
  [15, "64GB", 100, 64, 67_004],
  [17, "4GB", 100, 64, 4246],
  [18, "128MB", 5000, 64, 389],
  [18, "16GB", 1000, 64, 16_896],
  [18, "1TB", 100, 64, 1_068_920],
  [18, "128MB", 1000, 1024, 594],
])(
  "shared memory of %d with %s, %d connections and %d locks",
  (major, buffers, connections, locksPerTransaction, real) => {
    const version = { major, minor: null };
    const size =
      sharedMemory({ sharedBuffers: bytes(buffers), connections, locksPerTransaction, version }) / MB;
    expect(Math.abs(size - real) / real).toBeLessThan(0.05);
  },
);
