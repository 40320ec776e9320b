export const WORKLOADS = ["web", "oltp", "dw", "mixed", "desktop"] as const;
export type WorkloadKind = (typeof WORKLOADS)[number];

/** What the server is for, as far as somebody said. */
export interface Workload {
  readonly kind?: WorkloadKind;
  /** Sessions that work at the same time, where the caller knows better than max_connections. */
  readonly connections?: number;
  /** Size of all databases together, in bytes. */
  readonly databaseSize?: number;
  /** Write-ahead log that is written in a second of a busy hour, in bytes. */
  readonly walRate?: number;
  /** Roles that are superusers; `postgres` unless told otherwise. */
  readonly superusers: readonly string[];
}
