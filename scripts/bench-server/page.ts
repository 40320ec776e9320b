import { roughBytes } from "../../src/host/bytes.ts";
import { write } from "../generate/output.ts";
import { STEPS } from "./analytical.ts";
import { type Comparison, compare } from "./comparison.ts";
import { MEASURES } from "./measure/names.ts";
import { type Benchmark, type Measured, readMeasured } from "./numbers.ts";
import { type Kind, LEFT_OUT } from "./pgtune.ts";
import { median, verdictOf } from "./statistics.ts";
import { markdown, table } from "./table.ts";
import { SUSTAINED } from "./workloads.ts";

/** Writes docs/benchmark.md from recorded numbers; nothing in it is typed in by hand. */
export function writePage(benchmark: Benchmark): void {
  const measures = MEASURES.flatMap((name) => {
    const found = readMeasured(name);
    return found ? [{ name, ...found }] : [];
  });
  write("docs/benchmark.md", page(benchmark, measures));
}

type Measures = readonly (Measured & { readonly name: (typeof MEASURES)[number] })[];

export function page(benchmark: Benchmark, measures: Measures): string {
  const { subject, runs } = benchmark;
  const comparisons = compare(runs, subject);
  return [
    "<!-- Written by npm run bench:server -- page; do not edit. -->",
    "# Benchmark",
    `What \`pgconflint tune\` suggests, beside what the server does by itself and beside PGTune's values, on a real server.
Medians of ${benchmark.rounds} rounds, higher is better. Behind each ratio stands its 95% interval; where that holds 1, the two are the same.`,
    markdown(table(comparisons, subject)),
    ...summary(comparisons, subject),
    "## How it was measured",
    setting(benchmark),
    ...method(benchmark),
    "## The values",
    valuesText(benchmark),
    markdown(values(benchmark)),
    "## The analytical set, statement by statement",
    "Seconds, median of the rounds.",
    markdown(steps(benchmark)),
    ...measures.flatMap(({ name, date, rows }) => [MEASURED[name], markdown(rows), `Measured on ${date}.`]),
    "## To repeat it",
    repeat(benchmark),
    "",
  ].join("\n\n");
}

function summary(comparisons: readonly Comparison[], subject: string): string[] {
  const others = [...(comparisons[0]?.ratios.keys() ?? [])];
  return others.map((name) => {
    const verdicts = comparisons.map(({ workload, size, ratios }) => {
      const ratio = ratios.get(name);
      return { place: `${workload} ${size}`, verdict: ratio ? verdictOf(ratio) : "same" };
    });
    const places = (wanted: string) =>
      verdicts.filter(({ verdict }) => verdict === wanted).map(({ place }) => place);
    const part = (wanted: string) => {
      const list = places(wanted);
      return list.length === 0 ? `${wanted} on none` : `${wanted} on ${list.length} (${list.join(", ")})`;
    };
    return `Against ${name}, ${subject} is ${part("faster")}, ${part("slower")}, and within the noise on ${places("same").length} of ${verdicts.length}.`;
  });
}

function setting({ date, minutes, machine, server, pgbench, host, loaded, runs }: Benchmark): string {
  const sizes = Object.entries(loaded).map(
    ([size, data]) =>
      `${size} shared_buffers: ${Object.entries(data)
        .map(([name, bytes]) => `${roughBytes(bytes)} of ${name}`)
        .join(", ")}`,
  );
  return markdown([
    ["", ""],
    ["date", `${date}, ${minutes} minutes`],
    ["server", server],
    ["client", `${pgbench}, on the same machine`],
    [
      "machine",
      `${machine.cpu}, ${machine.cpus} processors, ${roughBytes(machine.memory)}, ${machine.kernel}, ${machine.fileSystem}`,
    ],
    [
      "declared host",
      `${roughBytes(host.memory)}, ${host.cpus} CPUs, ${host.disk}; the values are computed for this one`,
    ],
    ["data", sizes.join("; ")],
    [
      "other programs",
      `${median(runs.map(({ othersBusy }) => othersBusy))} processors busy (median of the runs), ${Math.max(...runs.map(({ othersBusy }) => othersBusy))} at most`,
    ],
  ]);
}

function method({ rounds, seconds, machine, host }: Benchmark): string[] {
  const cache =
    machine.memory > host.memory
      ? `The machine has more memory than the declared host, and the kernel caches all data: "over" measures what does not
fit into shared_buffers, not reads from the disk. To hold the whole benchmark to the declared memory, run it under
\`systemd-run --scope -p MemoryMax=${roughBytes(host.memory).replace("GB", "G")}\`.`
      : "";
  return [
    `Each of the ${rounds} rounds runs every workload with every configuration, another one first each time. A run that writes starts
from a copy of the same data directory; one that only reads from the same directory. Each run has its own server, which
loads the tables (pg_prewarm), runs the workload unmeasured for a while, makes a checkpoint, and is then measured: ${seconds} seconds of
pgbench with 8 clients and prepared statements (sustained-update: simple-update for ${seconds * SUSTAINED} seconds), or one pass of the analytical set in one session. Ratios are taken within a round; the
interval is Student's t on their logarithms. A run is repeated once when other programs were busy meanwhile.`,
    `What it cannot show: what takes longer than ${seconds * SUSTAINED} seconds (checkpoint_timeout, autovacuum over hours), connections by the hundred,
and jit, which the build does not have. ${cache}`.trimEnd(),
  ];
}

function valuesText({ host, connections }: Benchmark): string {
  const left = Object.entries(LEFT_OUT).map(([name, why]) => `${name} = ${why}`);
  return `For ${roughBytes(host.memory)}, ${host.cpus} CPUs, ${host.disk}; ${connections.oltp} connections (oltp, web) and ${connections.dw} (dw), told to both. pgbench ran with the values for
oltp, select-only with those for web, the analytical set with those for dw. Of PGTune's values two are left out, because the
server refuses them at start: ${left.join("; ")}. Empty: the server's default.`;
}

function values({ configurations }: Benchmark): string[][] {
  const kinds: readonly Kind[] = ["oltp", "web", "dw"];
  const shown = configurations.filter(({ settings }) => Object.keys(settings.oltp).length > 0);
  const names = [
    ...new Set(shown.flatMap(({ settings }) => kinds.flatMap((kind) => Object.keys(settings[kind])))),
  ];
  const cell = (name: string, settings: Benchmark["configurations"][number]["settings"]) => {
    const all = kinds.map((kind) => settings[kind][name] ?? "");
    return new Set(all).size === 1 ? (all[0] ?? "") : all.map((value) => value || "-").join(" / ");
  };
  return [
    ["setting (oltp / web / dw)", ...shown.map(({ name }) => name)],
    ...names.sort().map((name) => [name, ...shown.map(({ settings }) => cell(name, settings))]),
  ];
}

function steps({ runs, configurations }: Benchmark): string[][] {
  const sizes = [...new Set(runs.filter(({ seconds }) => seconds).map(({ size }) => size))];
  return [
    ["statement", "data", ...configurations.map(({ name }) => name)],
    ...sizes.flatMap((size) =>
      STEPS.map((step) => [
        step.name,
        size,
        ...configurations.map(({ name }) =>
          median(
            runs
              .filter((run) => run.size === size && run.configuration === name)
              .flatMap(({ seconds }) => seconds?.[step.name] ?? []),
          ).toFixed(2),
        ),
      ]),
    ),
  ];
}

const MEASURED: Readonly<Record<(typeof MEASURES)[number], string>> = {
  "shared-memory": `## Shared memory

The formula of the sizing against \`postgres -C shared_memory_size\`, over 20 to 2000 connections, 64 to 1024 locks a transaction, and two sizes of wal_buffers; in MB, as printed with 100 connections.`,
  backend: `## Memory of a session

Pages of its own, and page tables: without huge pages these come to 8 bytes for each 4 kB of shared_buffers that the session has touched.`,
  query: `## Memory of one operation

The highest that the kernel showed, against what work_mem (sorts), work_mem x hash_mem_multiplier (hashes) or maintenance_work_mem (index builds) allow.`,
  recovery: `## Crash recovery

How fast the server replayed after \`kill -9\` during 50 seconds of tpcb-like. The data were in the kernel's cache, so a cold start takes longer. Whole pages, which follow
a checkpoint, replay fast by the byte; the small records of a long interval do not.`,
};

function repeat({ rounds, seconds }: Benchmark): string {
  return `    npm run bench:server -- --rounds ${rounds} --seconds ${seconds} --record   this page anew
    npm run bench:server -- --only analytical --also mine=my.conf     your own values beside these
    npm run bench:server -- measure                                   memory and recovery

It needs Linux on x64, pgbench in the PATH, and some 15 GB of disk below the temporary directory; the server comes from npm. \`--help\` tells the rest. The
recorded runs stand in \`docs/benchmark/runs.json\`.`;
}
