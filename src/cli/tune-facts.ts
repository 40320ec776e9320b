import { DISKS, FACT_NAMES, FACTS, type Fact, type FactName, type Host, spelled } from "../host/facts.ts";
import { type FactKind, wholeNumber } from "../host/kinds.ts";
import {
  WORKLOAD_FACTS,
  WORKLOAD_NAMES,
  type WorkloadFacts,
  type WorkloadKind,
  type WorkloadName,
} from "../host/workload.ts";
import type { Config } from "../node/config.ts";
import type { Detected } from "../node/host/detected.ts";
import { UserError } from "../node/problem.ts";
import { printable } from "../report/printable.ts";
import type { FactRow } from "../report/tune/tune-report.ts";
import { type Args, flag } from "./args.ts";
import { circumstances, flagged } from "./circumstances.ts";
import type { Io } from "./io.ts";

/** What a server is sized for. */
export interface TuneFacts {
  readonly host: Host;
  readonly workload: WorkloadFacts;
  /** As many as somebody wants. */
  readonly connections: number | undefined;
  /** All of it in words, with who says so. */
  readonly rows: readonly FactRow[];
}

export interface Known {
  readonly config: Config | undefined;
  /** What the files themselves declare. */
  readonly declared: Host;
  readonly data: string | undefined;
}

const CONNECTIONS = wholeNumber("connections", "connections");
const DEFAULT_KIND: Fact<WorkloadKind> = { value: "web", from: "unless told otherwise" };

/**
 * Flags, pgconflint.ini and comments first. What is missing is asked for at a terminal, and else is that of this
 * machine; of which everything counts where its memory does, as that makes it the server's.
 */
export async function tuneFacts(args: Args, io: Io, { config, declared, data }: Known): Promise<TuneFacts> {
  const said: Host = { ...declared, ...(await circumstances(args, config, data)).host };
  const workload = workloadOf(args, config);
  const asked = flagged("connections", CONNECTIONS, args);
  if (said.memory && said.cpus) return factsOf(said, { kind: DEFAULT_KIND, ...workload }, asked, {}, args);

  const { detectHost, thisMachine } = await import("../node/host/detect.ts");
  const here = detectHost(thisMachine, data);
  const answer = dialogue(io);
  const memory = said.memory ?? answer("Memory of the server", FACTS.memory, here.known.memory);
  const isHere = memory === here.known.memory;
  const cpus = said.cpus ?? answer("Its CPUs", FACTS.cpus, here.known.cpus);
  if (!memory || !cpus)
    throw new UserError("the server's memory and CPUs are not known; say --memory 32GB --cpus 8");
  const disk = said.disk ?? answer("What its data is on", FACTS.disk, isHere ? here.known.disk : undefined);
  const kind = workload.kind ?? answer("Kind of work", WORKLOAD_FACTS.kind, DEFAULT_KIND);
  const connections = asked ?? answer("Connections, if you know how many", CONNECTIONS, undefined);
  const host: Host = { ...(isHere && here.known), ...said, memory, cpus, ...(disk && { disk }) };
  const why = isHere ? here.unknown : {};
  return factsOf(host, { ...workload, ...(kind && { kind }) }, connections, why, args);
}

type WorkloadSaid = { readonly [Name in WorkloadName]?: Fact<NonNullable<WorkloadFacts[Name]>> };

function workloadOf(args: Args, config: Config | undefined): WorkloadSaid {
  const { superusers: _, ...configured } = config?.workload ?? {};
  const from = config?.path ?? "";
  return {
    ...Object.fromEntries(Object.entries(configured).map(([name, value]) => [name, { value, from }])),
    ...entry("kind", flagged("workload", WORKLOAD_FACTS.kind, args)),
    ...entry("databaseSize", flagged("database-size", WORKLOAD_FACTS.databaseSize, args)),
    ...entry("walRate", flagged("wal-rate", WORKLOAD_FACTS.walRate, args)),
  };
}

const entry = <Name extends WorkloadName>(name: Name, fact: WorkloadSaid[Name] | undefined): WorkloadSaid =>
  fact ? { [name]: fact } : {};

type Answer = <Value>(
  question: string,
  kind: FactKind<Value>,
  proposal: Fact<Value> | undefined,
) => Fact<Value> | undefined;

/** Asks until somebody answers with a value, takes the proposal with Enter, or says no more. */
function dialogue(io: Io): Answer {
  let isOver = false;
  return (question, kind, proposal) => {
    const choices = kind.choices ? ` (${kind.choices.join(", ")})` : "";
    const shown = proposal ? ` [${kind.show(proposal.value)}]` : "";
    while (!isOver) {
      const line = io.ask?.(`${question}${choices}${shown}: `);
      isOver = line === undefined;
      if (!line) break;
      const value = kind.read(line);
      if (value !== undefined) return { value, from: "your answer" };
      io.stderr(`${printable(line)}: not ${kind.wanted}\n`);
    }
    return proposal;
  };
}

/** Facts of a host that sizing looks at. */
const USED: ReadonlySet<FactName> = new Set<FactName>([
  "memory",
  "share",
  "commitLimit",
  "cpus",
  "disk",
  "filesystem",
  "diskFree",
  "walDisk",
  "hugePages",
  "shm",
  "container",
  "os",
]);

function factsOf(
  host: Host,
  workload: WorkloadSaid,
  connections: Fact<number> | undefined,
  unknown: Detected["unknown"],
  args: Args,
): TuneFacts {
  const shown = <Value>(name: string, kind: FactKind<Value>, fact: Fact<Value>): FactRow => ({
    name,
    value: kind.show(fact.value),
    from: fact.from,
  });
  const hostRows = FACT_NAMES.filter((name) => USED.has(name)).flatMap((name) => {
    const kind: FactKind<unknown> = FACTS[name];
    const fact = host[name];
    if (fact) return [shown(spelled(name, "_"), kind, fact)];
    const why = unknown.disk === undefined ? "" : `${unknown.disk}; `;
    return name === "disk" ? [{ name, value: "unknown", from: `${why}say --disk ${DISKS.join(", ")}` }] : [];
  });
  const workRows = WORKLOAD_NAMES.flatMap((name) => {
    const kind: FactKind<unknown> = WORKLOAD_FACTS[name];
    const fact = workload[name];
    return fact ? [shown(WORDS[name], kind, fact)] : [];
  });
  const pooler = flag(args, "pooler") ?? false;
  const words = pooler ? "clients" : "connections";
  return {
    host,
    workload: Object.fromEntries(WORKLOAD_NAMES.map((name) => [name, workload[name]?.value])),
    connections: connections?.value,
    rows: [
      ...hostRows,
      ...workRows,
      ...(connections ? [shown(words, CONNECTIONS, connections)] : []),
      ...(pooler ? [{ name: "pooler", value: "PgBouncer", from: "--pooler" }] : []),
    ],
  };
}

const WORDS: Readonly<Record<WorkloadName, string>> = {
  kind: "workload",
  connections: "working connections",
  databaseSize: "database_size",
  walRate: "wal_rate",
};
