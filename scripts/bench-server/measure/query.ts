import { readFileSync } from "node:fs";
import type { Client } from "../../servers/client.ts";
import { initdb } from "../../servers/cluster.ts";
import type { Release } from "../../servers/releases.ts";

/** What one operation took at its highest, against what its setting allows. */
export interface QueryMemory {
  readonly operation: string;
  readonly workMem: number;
  readonly allowed: number;
  readonly peak: number;
}

const MB = 1024 * 1024;
const ROWS = 6_000_000;

interface Operation {
  readonly name: string;
  /** What the settings grant, as a multiple of work_mem. */
  readonly share: number;
  readonly only: readonly string[];
  readonly sql: string;
}

// Each has more input than the memory it may use, so each has to keep to its limit by spilling. A hash aggregate of
// few groups cannot: what it has spilled to disk are new groups, while the values of the old ones go on growing.
const OPERATIONS: readonly Operation[] = [
  {
    name: "sort of numbers",
    share: 1,
    only: [],
    sql: "select count(*) from (select k from wide order by k offset 0) s",
  },
  {
    name: "sort of wide rows",
    share: 1,
    only: [],
    sql: "select count(*) from (select * from wide order by t offset 0) s",
  },
  {
    name: "hash join",
    share: 2,
    only: ["enable_mergejoin = off", "enable_nestloop = off"],
    sql: "select count(b.t) from wide a join wide b on a.k = b.k",
  },
  {
    name: "hash aggregate, many groups",
    share: 2,
    only: ["enable_sort = off"],
    sql: "select count(*) from (select k, sum(id), max(t) from wide group by k) s",
  },
  {
    name: "hash aggregate of array_agg, few groups",
    share: 2,
    only: ["enable_sort = off"],
    sql: "select max(cardinality(all_of_it)) from (select g, array_agg(t) as all_of_it from wide group by g) s",
  },
  {
    name: "materialized CTE",
    share: 1,
    only: [],
    sql: "with w as materialized (select id, t from wide) select (select count(*) from w), (select max(t) from w)",
  },
];

/** Runs sorts, hashes and an index build alone in a session, and keeps the highest memory that the kernel showed. */
export async function measureQueries(release: Release): Promise<QueryMemory[]> {
  const directory = await initdb(release);
  try {
    const options = ["shared_buffers=1GB", "fsync=off", "autovacuum=off", "max_wal_size=8GB"];
    const server = await directory.start(options.flatMap((option) => ["-c", option]));
    const setup = await server.connect();
    await setup.rows(
      `create table wide as select id, (id * 2654435761) % 4294967291 as k, id % 10 as g, md5(id::text) || md5((id + 1)::text) as t
       from generate_series(1::bigint, ${ROWS}) id`,
    );
    await setup.rows("vacuum analyze wide");
    setup.close();
    const found: QueryMemory[] = [];
    for (const workMem of [4, 32, 128].map((size) => size * MB)) {
      const set = [`work_mem = '${workMem / MB}MB'`, "max_parallel_workers_per_gather = 0"];
      for (const { name, share, only, sql } of OPERATIONS) {
        const peak = await peakOf(await server.connect(), [...set, ...only], sql);
        found.push({ operation: name, workMem, allowed: workMem * share, peak });
      }
      const build = [`maintenance_work_mem = '${workMem / MB}MB'`, "max_parallel_maintenance_workers = 0"];
      const peak = await peakOf(
        await server.connect(),
        build,
        "create index on wide (t); drop index wide_t_idx",
      );
      found.push({ operation: "create index", workMem, allowed: workMem, peak });
    }
    await server.stop();
    return found;
  } finally {
    directory.remove();
  }
}

async function peakOf(client: Client, settings: readonly string[], sql: string): Promise<number> {
  const [row] = await client.rows("select pg_backend_pid() as pid");
  const pid = Number(row?.pid);
  for (const setting of settings) await client.rows(`set ${setting}`);
  await client.rows(`select count(*) from wide where id = 0`);
  const before = anonymous(pid);
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, anonymous(pid));
  }, 5);
  await client.rows(sql);
  clearInterval(timer);
  client.close();
  return peak - before;
}

function anonymous(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}
