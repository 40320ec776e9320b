import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatBytes } from "../src/host/bytes.ts";
import { DISKS } from "../src/host/facts.ts";
import { WORKLOADS } from "../src/host/workload.ts";
import { type TuneInput, tune } from "../src/index.ts";
import { roundDown } from "../src/sizing/round.ts";
import { type SharedParts, sharedMemory } from "../src/sizing/shared-memory.ts";

const MB = 1024 ** 2;
const GB = 1024 ** 3;
const course: TuneInput = {
  host: { memory: 32 * GB, cpus: 8, disk: "ssd" },
  workload: "web",
  target: { postgres: "17" },
  connections: 200,
};
const STANDBY_NEEDS = [
  ...["max_connections", "max_worker_processes", "max_wal_senders"],
  ...["max_locks_per_transaction", "max_prepared_transactions"],
];
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
    max_wal_size: "10GB",
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
      "(28.8GB usable - 14.4GB for all else - 4.3GB of page cache) / ((200 connections + 8 parallel workers) x 2 for hashes), 64MB at most, rounded down = 24MB",
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
      "error: 300 connections do not fit into 512MB of RAM: even with 1MB of work_mem they may take 2GB, 500 % of the 416MB that PostgreSQL can use and 1.6GB too much; 30 connections would fit, with a pooler in front for the others.",
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

describe("a small host", () => {
  const small = (more: Partial<TuneInput["host"]>, workload: NonNullable<TuneInput["workload"]>) =>
    values({ host: { memory: 512 * MB, cpus: 16, disk: "ssd", ...more }, workload });

  test("keeps the server's own wal_buffers, and no more workers for index builds than there are", () => {
    expect(small({}, "oltp")).not.toHaveProperty("wal_buffers");
    expect(small({}, "oltp")).toMatchObject({
      max_parallel_workers: "4",
      max_parallel_maintenance_workers: "4",
    });
    expect(small({}, "desktop")).toMatchObject({
      max_parallel_workers: "2",
      max_parallel_maintenance_workers: "2",
    });
  });

  test("lets in fewer than 20 where these would not fit", () => {
    expect(small({ cpus: 1, share: 0.5 }, "dw")).toMatchObject({ max_connections: "10", work_mem: "1MB" });
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

  const server = (...lines: string[]) => [{ path: "postgresql.conf", text: `${lines.join("\n")}\n` }];
  const changed = (input: TuneInput) =>
    Object.fromEntries(
      tune(input)
        .changes.filter(({ name }) => STANDBY_NEEDS.includes(name))
        .map(({ name, value, place }) => [name, `${value} on a ${place}`]),
    );

  test("keeps what a standby needs, however much more than the host it is", () => {
    const own = server(
      ...["max_connections = 600", "max_worker_processes = 90", "max_wal_senders = 40"],
      ...["max_locks_per_transaction = 300", "max_prepared_transactions = 150"],
    );
    expect(changed({ ...course, files: own, connections: 50 })).toEqual({});
    expect(values({ ...course, files: own, connections: 50 })).toMatchObject({
      max_connections: "600",
      max_worker_processes: "90",
      max_wal_senders: "40",
      max_locks_per_transaction: "300",
      max_prepared_transactions: "150",
    });
  });

  test("gets as many as its primary has, also where it hardly matters otherwise", () => {
    const standby = server(
      ...["max_connections = 200", "max_worker_processes = 20", "max_wal_senders = 20"],
      "max_locks_per_transaction = 64",
    );
    const primary = server(
      ...["max_connections = 210", "max_worker_processes = 22", "max_wal_senders = 21"],
      ...["max_locks_per_transaction = 70", "max_prepared_transactions = 1"],
    );
    expect(changed({ ...course, files: standby, primary })).toEqual({
      max_connections: "210 on a line",
      max_worker_processes: "22 on a line",
      max_wal_senders: "21 on a line",
      max_locks_per_transaction: "70 on a line",
      max_prepared_transactions: "1 on a new line",
    });
    expect(changed({ ...course, files: primary, primary: standby })).toEqual({});
  });

  test("with timescaledb has room for its workers and for the locks of its chunks", () => {
    const files = server("shared_preload_libraries = 'pg_stat_statements,timescaledb'");
    expect(changed({ ...course, files })).toEqual({
      max_connections: "200 on a new line",
      max_worker_processes: "29 on a new line",
      max_locks_per_transaction: "256 on a new line",
    });
  });

  test("keeps a max_wal_size that is more than ours, and a min_wal_size within it", () => {
    const files = server("max_wal_size = 40GB", "min_wal_size = 20GB");
    expect(values({ ...course, files })).toMatchObject({ max_wal_size: "40GB", min_wal_size: "20GB" });
    const host = { ...course.host, diskFree: 8 * GB };
    expect(values({ ...course, host, files })).toMatchObject({ max_wal_size: "2GB", min_wal_size: "2GB" });
  });

  test("is changed where it matters: on its line, below the default, or by ALTER SYSTEM", () => {
    const changes = new Map(tuned.changes.map(({ name, ...change }) => [name, change]));
    expect(changes.get("shared_buffers")).toBeUndefined();
    expect(changes.get("max_connections")).toBeUndefined();
    expect(changes.get("max_wal_size")).toMatchObject({ place: "line", current: "6GB", value: "10GB" });
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

/** What `postgres -C shared_memory_size` printed, in MB, up to which it rounds. */
test.each<[major: number, buffers: string, connections: number, more: Partial<SharedParts>, real: number]>([
  [15, "32MB", 100, {}, 41],
  [15, "64GB", 100, {}, 67_004],
  [15, "4GB", 500, { locksPerTransaction: 1024 }, 4431],
  [16, "1TB", 2000, {}, 1_068_895],
  [17, "32MB", 100, { walSenders: 100, walBuffers: 64 * MB }, 109],
  [17, "128MB", 100, { preparedTransactions: 500 }, 167],
  [17, "4GB", 100, {}, 4246],
  [17, "4GB", 100, { locksPerTransaction: 256 }, 4255],
  [17, "4GB", 100, { workerProcesses: 132, autovacuumSlots: 6 }, 4252],
  [18, "128MB", 100, {}, 150],
  [18, "128MB", 5000, {}, 389],
  [18, "128MB", 1000, { locksPerTransaction: 1024 }, 594],
  [18, "16GB", 1000, {}, 16_896],
  [18, "1TB", 100, {}, 1_068_920],
])("shared memory of %d with %s, %d connections and %j", (major, buffers, connections, more, real) => {
  const version = { major, minor: null };
  const size = sharedMemory({ version, sharedBuffers: bytes(buffers), connections, ...more }) / MB;
  expect(Math.abs(Math.ceil(size) - real)).toBeLessThanOrEqual(3);
});
