import { expect, test } from "vitest";
import { page } from "../scripts/bench-server/page.ts";
import { pgtune } from "../scripts/bench-server/pgtune.ts";
import { median, ratioOf, verdictOf } from "../scripts/bench-server/statistics.ts";

const GB = 1024 ** 3;

/** What PGTune's own code gave for PostgreSQL 18 on Linux, without wal_compression and io_method. */
test.each([
  [
    "4GB, 2 CPUs, ssd, oltp",
    { memory: 4 * GB, cpus: 2, disk: "ssd" },
    "oltp",
    `max_connections=300 shared_buffers=1GB huge_pages=off effective_cache_size=3GB maintenance_work_mem=256MB
     min_wal_size=2GB max_wal_size=8GB checkpoint_completion_target=0.9 wal_buffers=16MB default_statistics_target=100
     random_page_cost=1.1 effective_io_concurrency=200 work_mem=4MB jit=off`,
  ],
  [
    "16GB, 8 CPUs, ssd, dw",
    { memory: 16 * GB, cpus: 8, disk: "ssd" },
    "dw",
    `max_connections=40 shared_buffers=4GB huge_pages=try effective_cache_size=12GB maintenance_work_mem=2GB
     autovacuum_work_mem=2GB min_wal_size=4GB max_wal_size=16GB checkpoint_completion_target=0.9 wal_buffers=16MB
     default_statistics_target=500 random_page_cost=4 effective_io_concurrency=200 work_mem=43690kB
     max_worker_processes=8 max_parallel_workers=8 max_parallel_workers_per_gather=4 max_parallel_maintenance_workers=4`,
  ],
  [
    "512MB, 1 CPU, hdd, web",
    { memory: GB / 2, cpus: 1, disk: "hdd" },
    "web",
    `max_connections=200 shared_buffers=128MB huge_pages=off effective_cache_size=384MB maintenance_work_mem=32MB
     min_wal_size=1GB max_wal_size=4GB checkpoint_completion_target=0.9 wal_buffers=3932kB default_statistics_target=100
     random_page_cost=4 effective_io_concurrency=2 work_mem=4MB jit=off`,
  ],
] as const)("PGTune's values for %s", (_, host, kind, expected) => {
  const found = [...pgtune(host, kind)].map(([name, value]) => `${name}=${value}`);
  expect(found).toEqual(expected.split(/\s+/));
});

test("a ratio is paired by round, so that a slow moment that hits all does not count", () => {
  const { mean, low, high } = ratioOf([110, 55, 220, 11, 33], [100, 50, 200, 10, 30]);
  expect([mean, low, high].map((value) => value.toFixed(3))).toEqual(["1.100", "1.100", "1.100"]);
});

test("the interval of five rounds is Student's, and decides what counts as a difference", () => {
  const ratio = ratioOf([100, 104, 98, 103, 101], [100, 100, 100, 100, 100]);
  expect(ratio.mean.toFixed(3)).toBe("1.012");
  expect([ratio.low.toFixed(3), ratio.high.toFixed(3)]).toEqual(["0.983", "1.042"]);
  expect(verdictOf(ratio)).toBe("same");
  expect(verdictOf(ratioOf([110, 108, 112], [100, 100, 100]))).toBe("faster");
  expect(verdictOf(ratioOf([90, 91, 92], [100, 100, 100]))).toBe("slower");
  expect(verdictOf(ratioOf([200], [100]))).toBe("same");
});

test("the median of an even number of rounds lies between the two in the middle", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test("the page says where the subject is faster, slower and the same", () => {
  const rates: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
    "tpcb-like": { default: [100, 101, 102], ours: [150, 153, 151] },
    "select-only": { default: [9000, 9100, 9050], ours: [9050, 9000, 9100] },
  };
  const runs = Object.entries(rates).flatMap(([workload, by]) =>
    Object.entries(by).flatMap(([configuration, values]) =>
      values.map((rate, round) => ({
        workload,
        size: "under",
        round,
        configuration,
        rate,
        othersBusy: 0.01 * round,
        load: 1,
      })),
    ),
  );
  const none = { oltp: {}, web: {}, dw: {} };
  const ours = { oltp: { work_mem: "5MB" }, web: { work_mem: "5MB" }, dw: { work_mem: "9MB" } };
  const text = page(
    {
      date: "2026-01-02",
      minutes: 3,
      machine: { cpu: "A CPU", cpus: 2, memory: 8 * GB, kernel: "Linux 6", fileSystem: "xfs" },
      server: "PostgreSQL 18",
      pgbench: "pgbench (PostgreSQL) 15",
      host: { memory: 4 * GB, cpus: 2, disk: "ssd" },
      connections: { web: 100, oltp: 100, dw: 40 },
      rounds: 3,
      seconds: 20,
      subject: "ours",
      configurations: [
        { name: "default", settings: none },
        { name: "ours", settings: ours },
      ],
      loaded: { under: { pgbench: GB / 2 } },
      runs,
    },
    [
      {
        name: "backend",
        date: "2026-01-03",
        rows: [
          ["state", "MB"],
          ["idle", "1.1"],
        ],
      },
    ],
  );
  expect(text).toContain("| tpcb-like | under | 101 | 151 | 1.50 (1.46-1.54) faster |");
  expect(text).toContain(
    "Against default, ours is faster on 1 (tpcb-like under), slower on none, and within the noise on 1 of 2.",
  );
  expect(text).toContain("| state | MB |\n| --- | --- |\n| idle | 1.1 |\n\nMeasured on 2026-01-03.");
  expect(text).toContain("| work_mem | 5MB / 5MB / 9MB |");
  expect(text).toContain("| other programs | 0.01 processors busy (median of the runs), 0.02 at most |");
});
