// npm run bench:server: default values, PGTune's and ours in turn on a real server; --help tells the options.
import { tmpdir } from "node:os";
import { RELEASES, type Release, server } from "../servers/releases.ts";
import { compare } from "./comparison.ts";
import { BenchError } from "./error.ts";
import { type Flags, HELP, readFlags } from "./flags.ts";
import { thisMachine } from "./host.ts";
import { measure } from "./measure/main.ts";
import { readBenchmark, writeBenchmark } from "./numbers.ts";
import { writePage } from "./page.ts";
import { pgbenchVersion } from "./pgbench.ts";
import { planOf } from "./plan.ts";
import { type Run, runAll } from "./runs.ts";
import { aligned, table } from "./table.ts";

// So that the servers stop and their gigabytes go: without a listener a signal ends Node before its exit handlers.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));

try {
  await main(readFlags());
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  console.error(`bench:server: ${error.message}`);
  process.exitCode = 2;
}

async function main(flags: Flags): Promise<void> {
  const [command, ...rest] = flags.positionals;
  if (flags.help) console.log(HELP);
  else if (command === undefined) await benchmark(flags);
  else if (command === "measure") await measure(await newest(), rest, flags.record);
  else if (command === "page") writePage(readBenchmark());
  else throw new BenchError(`there is no ${command}; --help tells what there is`);
}

async function newest(): Promise<Release> {
  try {
    return await server(Math.max(...RELEASES.keys()));
  } catch (error) {
    throw new BenchError(`no server to measure: ${error instanceof Error ? error.message : error}`);
  }
}

async function benchmark(flags: Flags): Promise<void> {
  const pgbench = pgbenchVersion();
  const release = await newest();
  const { plan, host, connections, subject } = planOf(flags, release.major);
  const started = new Date();
  const machine = thisMachine(tmpdir());
  console.log(`${release.title}, ${machine.cpu} with ${machine.cpus} processors, ${plan.rounds} rounds`);
  const { runs, loaded } = await runAll(release, plan, tell);
  const minutes = Math.round((Date.now() - started.getTime()) / 60_000);
  console.log(`\n${aligned(table(compare(runs, subject), subject))}`);
  console.log(`\n${minutes} minutes; each ratio with its 95% interval`);
  if (!flags.record) return;
  const recorded = {
    date: started.toISOString().slice(0, 10),
    minutes,
    machine,
    server: release.title,
    pgbench,
    host,
    connections,
    rounds: plan.rounds,
    seconds: plan.seconds,
    subject,
    configurations: plan.configurations.map(({ name, settings: { web, oltp, dw } }) => ({
      name,
      settings: {
        web: Object.fromEntries(web),
        oltp: Object.fromEntries(oltp),
        dw: Object.fromEntries(dw),
      },
    })),
    loaded,
    runs,
  };
  writeBenchmark(recorded);
  writePage(recorded);
}

function tell({ workload, size, round, configuration, rate, othersBusy, load }: Run): void {
  const what = `${workload} ${size}, round ${round + 1}, ${configuration}`;
  const noise = `load ${load.toFixed(1)}, others ${othersBusy.toFixed(2)}`;
  console.log(`${what.padEnd(52)} ${rate.toFixed(1).padStart(10)}   ${noise}`);
}
