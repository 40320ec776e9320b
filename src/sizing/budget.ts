import { roughBytes } from "../host/bytes.ts";
import type { WorkloadKind } from "../host/workload.ts";
import { largestWorkMem, type Size } from "./memory.ts";
import { GB, MB, roundDown } from "./round.ts";
import { pageTable } from "./shared-memory.ts";
import { type Site, usableMemory } from "./site.ts";

/** What takes memory at worst, from settings of a file or from ours. Sizes in bytes. */
export interface MemoryParts {
  readonly sharedBuffers: number;
  /** All of it, with what goes along with the buffers. */
  readonly sharedMemory: number;
  readonly connections: number;
  readonly workMem: number;
  /** A hash may take this many times work_mem. */
  readonly hashMemMultiplier: number;
  readonly parallelWorkers: number;
  readonly autovacuumWorkers: number;
  readonly autovacuumWorkMem: number;
  readonly maintenanceWorkMem: number;
}

export type PartName =
  | "shared memory"
  | "sessions"
  | "page tables"
  | "queries"
  | "parallel workers"
  | "autovacuum"
  | "maintenance";

/** One row of the proof. */
export interface BudgetPart {
  readonly name: PartName;
  /** All connections busy at once. */
  readonly worst: number;
  /** As many sessions as the CPUs can serve busy at once. */
  readonly likely: number;
  readonly arithmetic: string;
}

export interface Level {
  /** Sessions that work at the same time. */
  readonly sessions: number;
  readonly taken: number;
  /** For the kernel's page cache; negative where it does not fit. */
  readonly left: number;
  readonly fits: boolean;
}

/** What is reserved, what can be taken at once, what is left. Sizes in bytes. */
export interface Budget {
  readonly memory: number;
  /** For the kernel, and for whatever else runs there. */
  readonly kept: number;
  readonly usable: number;
  readonly parts: readonly BudgetPart[];
  readonly worst: Level;
  readonly likely: Level;
}

/** Sorts and hashes that one query of the kind has open at the same time. */
const OPERATIONS: Readonly<Record<WorkloadKind, number>> = { web: 1, oltp: 1, mixed: 1.5, dw: 2, desktop: 1 };

/** More is for the roles and queries that need it, by ALTER ROLE or SET. */
const CEILING: Readonly<Record<WorkloadKind, number>> = {
  web: 64 * MB,
  oltp: 64 * MB,
  mixed: 128 * MB,
  dw: GB,
  desktop: 64 * MB,
};

/** Measured: 1.1MB at first, 1.4MB in simple work, and 8kB for every table that was used; enough for some 300 of them. */
const SESSION = 4 * MB;

const pageTableOn = ({ hugePages = 0 }: Site, { sharedBuffers, sharedMemory }: Shared): number =>
  hugePages >= sharedMemory ? 0 : pageTable(sharedBuffers);

type Shared = Pick<MemoryParts, "sharedBuffers" | "sharedMemory">;

/** As many sessions as keep the CPUs busy while some of them wait for the disk or their clients. */
export const likelySessions = ({ cpus }: Site, connections: number): number =>
  cpus === undefined ? connections : Math.min(connections, Math.max(20, 8 * Math.ceil(cpus)));

export function budgetFor(site: Site, parts: MemoryParts): Budget {
  const { connections, workMem, hashMemMultiplier, autovacuumWorkers, autovacuumWorkMem } = parts;
  const usable = usableMemory(site);
  const active = likelySessions(site, connections);
  const table = pageTableOn(site, parts);
  const processes = connections + parts.parallelWorkers + autovacuumWorkers;
  const operation = workMem * hashMemMultiplier;
  const each =
    hashMemMultiplier === 1
      ? `${roughBytes(workMem)} of work_mem`
      : `${roughBytes(workMem)} of work_mem x ${hashMemMultiplier} for hashes`;
  const operations = OPERATIONS[site.kind];
  const queries = (sessions: number) => sessions * operations * operation;
  const workers = Math.min(parts.parallelWorkers, Math.ceil(site.cpus ?? parts.parallelWorkers));
  const part = (name: PartName, worst: number, likely: number, arithmetic: string): BudgetPart => ({
    name,
    worst: Math.ceil(worst),
    likely: Math.ceil(likely),
    arithmetic,
  });
  const always = (name: PartName, bytes: number, arithmetic: string) => part(name, bytes, bytes, arithmetic);
  const rows: BudgetPart[] = [
    always(
      "shared memory",
      parts.sharedMemory,
      `${roughBytes(parts.sharedBuffers)} of shared_buffers and what goes with them`,
    ),
    always(
      "sessions",
      connections * SESSION,
      `${connections} connections x ${roughBytes(SESSION)} of their own`,
    ),
    always(
      "page tables",
      processes * table,
      `${processes} sessions and workers x ${roughBytes(table)}, without huge pages`,
    ),
    part(
      "queries",
      queries(connections),
      queries(active),
      `${connections} connections x ${operations === 1 ? "" : `${operations} x `}${each}`,
    ),
    part(
      "parallel workers",
      operations * parts.parallelWorkers * operation,
      operations * workers * operation,
      `${parts.parallelWorkers} workers x ${operations === 1 ? "" : `${operations} x `}${each}`,
    ),
    always(
      "autovacuum",
      autovacuumWorkers * autovacuumWorkMem,
      `${autovacuumWorkers} workers x ${roughBytes(autovacuumWorkMem)}`,
    ),
    always(
      "maintenance",
      parts.maintenanceWorkMem,
      `one index build x ${roughBytes(parts.maintenanceWorkMem)}`,
    ),
  ];
  const level = (key: "worst" | "likely", sessions: number): Level => {
    const taken = rows.reduce((sum, row) => sum + row[key], 0);
    return { sessions, taken, left: usable - taken, fits: taken <= usable };
  };
  return {
    memory: site.memory,
    kept: site.memory - usable,
    usable,
    parts: rows.filter(({ worst }) => worst > 0),
    worst: level("worst", connections),
    likely: level("likely", active),
  };
}

/** The least that a sort can do anything with. */
export const LEAST_WORK_MEM = MB;

/** What each sort may take so that the worst case stays within the host; undefined where not even 1MB does. */
export function workMem(site: Site, parts: Omit<MemoryParts, "workMem">): Size | undefined {
  const { kind } = site;
  const usable = usableMemory(site);
  const { worst } = budgetFor(site, { ...parts, workMem: 0 });
  const operations = (parts.connections + parts.parallelWorkers) * OPERATIONS[kind];
  const divisor = operations * parts.hashMemMultiplier;
  const cache = usable * (kind === "dw" ? 0.2 : 0.15);
  const left = worst.left - cache;
  const most = Math.min(CEILING[kind], largestWorkMem(site));
  const bytes = Math.min(roundDown(Math.max(left / divisor, 1)), most);
  const sum = `(${roughBytes(usable)} usable - ${roughBytes(worst.taken)} for all else - ${roughBytes(cache)} of page cache)`;
  const times = parts.hashMemMultiplier === 1 ? "" : ` x ${parts.hashMemMultiplier} for hashes)`;
  const processes = `${parts.connections} connections + ${parts.parallelWorkers} parallel ${parts.parallelWorkers === 1 ? "worker" : "workers"}`;
  const count = OPERATIONS[kind] === 1 ? processes : `(${processes}) x ${OPERATIONS[kind]}`;
  const arithmetic = `${sum} / ${times ? `((${count})${times}` : `(${count})`}, ${roughBytes(most)} at most`;
  const words = `what is left for ${parts.connections} connections`;
  const rounded = bytes < Math.min(Math.floor(left / divisor), most);
  if (bytes >= LEAST_WORK_MEM) return { bytes, words, arithmetic, rounded };
  // Rather no page cache to speak of than no sorts.
  return worst.left / divisor < LEAST_WORK_MEM ? undefined : { bytes: LEAST_WORK_MEM, words, arithmetic };
}

/** How many connections there may be with this work_mem; 0 where nothing is left for ten. */
export function connectionsThatFit(site: Site, parts: MemoryParts): number {
  const { worst } = budgetFor(site, { ...parts, connections: 0 });
  const each =
    parts.workMem * parts.hashMemMultiplier * OPERATIONS[site.kind] + SESSION + pageTableOn(site, parts);
  return Math.max(0, Math.floor(worst.left / each / 10) * 10);
}
