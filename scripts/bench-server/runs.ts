import { loadavg } from "node:os";
import { type DataDirectory, initdb, type Running } from "../servers/cluster.ts";
import type { Release } from "../servers/releases.ts";
import type { Configuration } from "./configurations.ts";
import { withNoise } from "./host.ts";
import { makeTemplate, restore, type Template } from "./templates.ts";
import type { DataSet, Outcome, Workload } from "./workloads.ts";

/** One measured run with what stood around it. */
export interface Run extends Outcome {
  readonly workload: string;
  readonly size: string;
  readonly round: number;
  readonly configuration: string;
  /** Processors that other programs kept busy meanwhile. */
  readonly othersBusy: number;
  /** The load average before. */
  readonly load: number;
}

/** A size of the data, such as "over shared_buffers". */
export interface Size {
  readonly name: string;
  readonly data: Readonly<Record<Workload["data"], DataSet>>;
}

export interface Plan {
  readonly rounds: number;
  /** Of each pgbench run; the analytical set takes what it takes. */
  readonly seconds: number;
  /** A run during which others kept more processors busy is done again, once. */
  readonly noise: number;
  readonly workloads: readonly Workload[];
  readonly sizes: readonly Size[];
  readonly configurations: readonly Configuration[];
}

/** How large the loaded data are, by size and data set, in bytes. */
export type Loaded = Record<string, Record<string, number>>;

/** Runs everything, one data set after the other, so that the disk holds one template and one copy at a time. */
export async function runAll(release: Release, plan: Plan, tell: (run: Run) => void) {
  const runs: Run[] = [];
  const loaded: Loaded = {};
  for (const size of plan.sizes)
    for (const data of ["pgbench", "sales"] as const) {
      const workloads = plan.workloads.filter(
        (workload) => workload.data === data && (workload.size ?? size.name) === size.name,
      );
      if (workloads.length === 0) continue;
      const bench = await openBench(release, size.data[data]);
      loaded[size.name] = { ...loaded[size.name], [data]: bench.bytes };
      for (let round = 0; round < plan.rounds; round++)
        for (const [place, workload] of workloads.entries())
          for (const { name, settings } of rotated(plan.configurations, round + place)) {
            const run = { workload: workload.name, size: size.name, round, configuration: name };
            const best = await quietest(plan.noise, () =>
              bench.run(workload, settings[workload.kind], plan.seconds),
            );
            runs.push({ ...run, ...best });
            tell({ ...run, ...best });
          }
      bench.close();
    }
  return { runs, loaded };
}

/** The quieter of two runs, where the first was disturbed. */
async function quietest(noise: number, run: () => Promise<Outcome>) {
  const tries: (Outcome & Pick<Run, "othersBusy" | "load">)[] = [];
  while (tries.length < 2 && !tries.some(({ othersBusy }) => othersBusy <= noise)) {
    const load = Math.round((loadavg()[0] ?? 0) * 100) / 100;
    const { result, othersBusy } = await withNoise(run);
    tries.push({ ...result, othersBusy, load });
  }
  const [best] = tries.sort((a, b) => a.othersBusy - b.othersBusy);
  if (!best) throw new Error("nothing was run");
  return best;
}

/** One data set with the directory that the runs work in. */
async function openBench(release: Release, data: DataSet) {
  const template: Template = await makeTemplate(release, data);
  const work: DataDirectory = await initdb(release);
  let clean = false;
  return {
    bytes: template.bytes,
    async run(workload: Workload, settings: ReadonlyMap<string, string>, seconds: number): Promise<Outcome> {
      if (!clean) restore(template, work);
      clean = !workload.writes;
      const lines = [...settings].map(([name, value]) => `${name} = '${value}'\n`);
      work.write("postgresql.auto.conf", lines.join(""));
      const server = await work.start();
      await warmUp(server, data, workload, seconds);
      const outcome = await workload.run(server, seconds);
      await server.stop();
      return outcome;
    },
    close() {
      work.remove();
      template.directory.remove();
    },
  };
}

/** Fills shared_buffers as far as the data go, and begins each measured run with a checkpoint behind it. */
async function warmUp(server: Running, data: DataSet, workload: Workload, seconds: number): Promise<void> {
  const client = await server.connect();
  for (const table of data.tables) await client.rows(`select pg_prewarm('${table}')`);
  await workload.warmUp?.(server, seconds);
  await client.rows("checkpoint");
  client.close();
}

/** Another one goes first in each round. */
function rotated<T>(list: readonly T[], by: number): T[] {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
