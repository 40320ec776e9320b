import { initdb, type Running } from "../../servers/cluster.ts";
import type { Release } from "../../servers/releases.ts";
import { loadPgbench, runPgbench } from "../pgbench.ts";
import { type ProcessMemory, processMemory } from "../process-memory.ts";

/** What a backend holds in one state, with one size of shared_buffers. */
export interface BackendMemory extends ProcessMemory {
  readonly sharedBuffers: string;
  readonly hugePages: boolean;
  readonly state: string;
}

const RELATIONS = 3000;
// An index scan through the whole table takes the buffers one by one; a sequential scan would stay in its ring.
const TOUCH =
  "set enable_seqscan = off; select sum(abalance) from (select abalance from pgbench_accounts order by aid) a";

/** Measures backends with small and with large shared_buffers, and with huge pages where the machine has them. */
export async function measureBackends(release: Release): Promise<BackendMemory[]> {
  const directory = await initdb(release);
  const found: BackendMemory[] = [];
  try {
    for (const [sharedBuffers, scale] of [
      ["128MB", 10],
      ["4GB", 250],
    ] as const)
      for (const hugePages of [false, true]) {
        const options = [`shared_buffers=${sharedBuffers}`, `huge_pages=${hugePages ? "on" : "off"}`];
        const fast = ["fsync=off", "autovacuum=off", "max_wal_size=8GB", "max_locks_per_transaction=256"];
        const started = directory.start([...options, ...fast].flatMap((option) => ["-c", option]));
        // The server refuses huge_pages = on where the kernel has set none aside; then there is nothing to measure.
        const server = hugePages ? await started.catch(() => null) : await started;
        if (!server) continue;
        for (const one of await states(server, scale)) found.push({ sharedBuffers, hugePages, ...one });
        await server.stop();
      }
  } finally {
    directory.remove();
  }
  return found;
}

async function states(server: Running, scale: number) {
  await loadPgbench(server, scale);
  const idle = await session(server, "after connecting", []);
  const query = await session(server, "after select 1", ["select 1"]);
  const simple = await duringPgbench(server, "during pgbench, simple protocol", []);
  const prepared = await duringPgbench(server, "during pgbench, prepared", ["-M", "prepared"]);
  const touched = await session(server, "after reading every buffer by index", [TOUCH]);
  await makeRelations(server);
  const some = await session(server, "after using 100 tables", useRelations(100));
  const many = await session(server, `after using ${RELATIONS} tables`, useRelations(RELATIONS));
  return [idle, query, simple, prepared, touched, some, many].filter((one) => one !== null);
}

async function session(server: Running, state: string, statements: readonly string[]) {
  // Asking a session for its process id is a query too, so another one does it.
  const other = await server.connect();
  const client = await server.connect();
  for (const statement of statements) await client.rows(statement);
  const [row] = await other.rows(
    `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
     order by backend_start desc limit 1`,
  );
  const memory = processMemory(Number(row?.pid));
  client.close();
  other.close();
  return memory && { state, ...memory };
}

/** The largest of four backends, ten seconds into a run. */
async function duringPgbench(server: Running, state: string, options: readonly string[]) {
  const running = runPgbench(server, ["-c", "4", "-T", "12", ...options]);
  await new Promise((done) => setTimeout(done, 10_000));
  const other = await server.connect();
  const rows = await other.rows("select pid from pg_stat_activity where application_name = 'pgbench'");
  const found = rows.flatMap(({ pid }) => processMemory(Number(pid)) ?? []);
  other.close();
  await running;
  const [largest] = found.sort((a, b) => b.private - a.private);
  return largest ? { state, ...largest } : null;
}

async function makeRelations(server: Running): Promise<void> {
  const client = await server.connect();
  for (let at = 0; at < RELATIONS; at += 100) {
    const tables = Array.from({ length: 100 }, (_, next) => {
      const name = `many_${at + next}`;
      return `drop table if exists ${name}; create table ${name} (id int primary key, name text, made timestamptz, amount numeric)`;
    });
    await client.rows(tables.join(";"));
  }
  client.close();
}

const useRelations = (count: number) =>
  Array.from({ length: count }, (_, at) => `select name, amount from many_${at} where id = 1`);
