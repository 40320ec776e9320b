export const DISKS = ["ssd", "nvme", "hdd", "network"] as const;
export type Disk = (typeof DISKS)[number];

/** What sizes a server, as a caller has it; memory in bytes. */
export interface HostInput {
  readonly memory?: number;
  readonly cpus?: number;
  readonly disk?: Disk;
}

/** A fact and who says so: "--memory", "pgconflint.ini", "comment", "this machine". */
export interface Fact<Value> {
  readonly value: Value;
  readonly from: string;
}

/** What is known of the host. Nothing is assumed: a rule about size says nothing where its fact is missing. */
export interface Host {
  readonly memory?: Fact<number>;
  readonly cpus?: Fact<number>;
  readonly disk?: Fact<Disk>;
}

export const WORKLOADS = ["web", "oltp", "dw", "mixed", "desktop"] as const;

/** What the server is for, as far as somebody said. */
export interface Workload {
  readonly kind?: (typeof WORKLOADS)[number];
  /** Sessions that work at the same time, where the caller knows better than max_connections. */
  readonly connections?: number;
  /** Roles that are superusers; `postgres` unless told otherwise. */
  readonly superusers: readonly string[];
}

/** The facts with one origin for all. */
export function hostFrom({ memory, cpus, disk }: HostInput, from: string): Host {
  return {
    ...(memory !== undefined && { memory: { value: memory, from } }),
    ...(cpus !== undefined && { cpus: { value: cpus, from } }),
    ...(disk !== undefined && { disk: { value: disk, from } }),
  };
}

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1024,
  mb: 1024 ** 2,
  gb: 1024 ** 3,
  tb: 1024 ** 4,
};

/** "32GB", "512MB", "1.5TB" in bytes; Kubernetes' "32Gi" and its kin as well. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i.exec(text.trim());
  if (!match) return undefined;
  const [, number = "", prefix = ""] = match;
  const bytes = Math.round(Number(number) * (UNITS[`${prefix.toLowerCase()}b`] ?? 1));
  return bytes > 0 ? bytes : undefined;
}

/** Bytes for people and for postgresql.conf: the largest unit that leaves a whole number. */
export function formatBytes(bytes: number): string {
  for (const unit of ["TB", "GB", "MB", "kB"]) {
    const size = UNITS[unit.toLowerCase()] ?? 1;
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return `${bytes}B`;
}

/** Bytes in a sentence: one decimal at most. */
export function roughBytes(bytes: number): string {
  for (const unit of ["TB", "GB", "MB", "kB"]) {
    const size = UNITS[unit.toLowerCase()] ?? 1;
    if (bytes >= size) return `${Number((bytes / size).toFixed(1))}${unit}`;
  }
  return `${bytes}B`;
}
