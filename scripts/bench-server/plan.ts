import { chosen, memorySize, pair, positive } from "./choice.ts";
import { configurations } from "./configurations.ts";
import type { Flags } from "./flags.ts";
import type { Kind } from "./pgtune.ts";
import type { Plan, Size } from "./runs.ts";
import { pgbenchData, salesData, WORKLOADS } from "./workloads.ts";

// PGTune's own number for a data warehouse.
const DW_CONNECTIONS = 40;
const DISKS = ["ssd", "nvme", "hdd"] as const;
const SIZES = ["under", "over"] as const;

/** What the flags ask for, for a server of this major. */
export function planOf(flags: Flags, major: number) {
  const disk = chosen("--disk", [flags.disk], DISKS)[0] ?? "ssd";
  const host = { memory: memorySize("--memory", flags.memory), cpus: positive("--cpus", flags.cpus), disk };
  const busy = positive("--connections", flags.connections);
  const connections: Readonly<Record<Kind, number>> = { web: busy, oltp: busy, dw: DW_CONNECTIONS };
  const all = configurations(major, host, connections, flags.also);
  const namesOf = (named: readonly { readonly name: string }[]) => named.map(({ name }) => name);
  const without = list(flags.without, [], (names) => chosen("--without", names, namesOf(all)));
  const taking = all.filter(({ name }) => !without.includes(name));
  const names = namesOf(WORKLOADS);
  const only = list(flags.only, names, (wanted) => chosen("--only", wanted, names));
  const plan: Plan = {
    rounds: positive("--rounds", flags.rounds),
    seconds: positive("--seconds", flags.seconds),
    noise: positive("--noise", flags.noise),
    workloads: WORKLOADS.filter(({ name }) => only.includes(name)),
    sizes: sizes(flags),
    configurations: taking,
  };
  const [subject = ""] = chosen("--subject", [flags.subject], namesOf(taking));
  return { plan, host, connections, subject };
}

function list<T>(text: string | undefined, otherwise: T, read: (names: string[]) => T): T {
  return text === undefined ? otherwise : read(text.split(","));
}

function sizes(flags: Flags): Size[] {
  const scale = pair("--scale", flags.scale);
  const sales = pair("--sales", flags.sales);
  const wanted = chosen("--sizes", flags.sizes.split(","), SIZES);
  return SIZES.flatMap((name, at) =>
    wanted.includes(name)
      ? [{ name, data: { pgbench: pgbenchData(scale[at] ?? 1), sales: salesData((sales[at] ?? 1) * 1e6) } }]
      : [],
  );
}
