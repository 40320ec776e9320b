import type { Running } from "../servers/cluster.ts";
import { loadAnalytical, runAnalytical } from "./analytical.ts";
import { loadPgbench, runPgbench } from "./pgbench.ts";
import type { Kind } from "./pgtune.ts";

/** What one measured run gave. */
export interface Outcome {
  /** Higher is better: transactions a second, or passes of the analytical set an hour. */
  readonly rate: number;
  readonly latency?: number;
  readonly seconds?: Readonly<Record<string, number>>;
}

/** Data that a workload runs on; it is loaded once and copied for each run that writes. */
export interface DataSet {
  readonly name: string;
  readonly tables: readonly string[];
  load(server: Running): Promise<void>;
}

export interface Workload {
  readonly name: string;
  /** The kind that PGTune and pgconflint are told. */
  readonly kind: Kind;
  readonly writes: boolean;
  readonly data: "pgbench" | "sales";
  /** The only size of the data that it runs on. */
  readonly size?: "over";
  /** Runs it for a while before the measured run; the analytical set is long enough to need none. */
  warmUp?(server: Running, seconds: number): Promise<void>;
  run(server: Running, seconds: number): Promise<Outcome>;
}

const CLIENTS = 8;

/** How many times as long the sustained run takes: long enough to reach max_wal_size where that is small. */
export const SUSTAINED = 5;

function pgbench(script: string, kind: Kind, writes: boolean): Workload {
  const run = async (server: Running, seconds: number) => {
    const place = ["-b", script, "-c", String(CLIENTS), "-j", "2", "-M", "prepared", "-T", String(seconds)];
    const { tps, latency } = await runPgbench(server, place);
    return { rate: tps, latency };
  };
  const warmUp = async (server: Running, seconds: number) => {
    await run(server, Math.ceil(seconds / 5));
  };
  return { name: script, kind, writes, data: "pgbench", warmUp, run };
}

const update = pgbench("simple-update", "oltp", true);

export const WORKLOADS: readonly Workload[] = [
  pgbench("tpcb-like", "oltp", true),
  update,
  pgbench("select-only", "web", false),
  {
    ...update,
    name: "sustained-update",
    size: "over",
    run: (server, seconds) => update.run(server, seconds * SUSTAINED),
  },
  {
    name: "analytical",
    kind: "dw",
    writes: false,
    data: "sales",
    async run(server) {
      const seconds = await runAnalytical(server);
      return { rate: 3600 / Object.values(seconds).reduce((sum, value) => sum + value, 0), seconds };
    },
  },
];

export function pgbenchData(scale: number): DataSet {
  return {
    name: `scale ${scale}`,
    tables: ["pgbench_accounts", "pgbench_accounts_pkey", "pgbench_tellers", "pgbench_branches"],
    load: (server) => loadPgbench(server, scale),
  };
}

export function salesData(sales: number): DataSet {
  return {
    name: `${sales / 1e6} million sales`,
    tables: ["sale", "sale_sold", "customer", "shop", "return"],
    load: (server) => loadAnalytical(server, sales),
  };
}
