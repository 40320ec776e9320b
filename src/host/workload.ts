import { oneOf, size, type ValueOf, wholeNumber } from "./kinds.ts";

export const WORKLOADS = ["web", "oltp", "dw", "mixed", "desktop"] as const;
export type WorkloadKind = (typeof WORKLOADS)[number];

/** What the server is for; keys of pgconflint.ini are made from these names. */
export const WORKLOAD_FACTS = {
  kind: oneOf(WORKLOADS, "what kind of work it is"),
  /** Where the caller knows better than max_connections. */
  connections: wholeNumber("sessions that work at the same time", "sessions"),
  databaseSize: size("size of all databases together", "200GB"),
  walRate: size("write-ahead log that is written in a second of a busy hour, such as 5MB", "5MB"),
};
export type WorkloadName = keyof typeof WORKLOAD_FACTS;
const isWorkloadName = (name: string): name is WorkloadName => Object.hasOwn(WORKLOAD_FACTS, name);
export const WORKLOAD_NAMES: readonly WorkloadName[] = Object.keys(WORKLOAD_FACTS).filter(isWorkloadName);

/** As far as somebody said; sizes in bytes. */
export type WorkloadFacts = {
  readonly [Name in WorkloadName]?: ValueOf<(typeof WORKLOAD_FACTS)[Name]>;
};

/** What nobody says anything about. */
export const ANY_WORKLOAD: Workload = { superusers: ["postgres"] };

export interface Workload extends WorkloadFacts {
  /** Roles that are superusers; `postgres` unless told otherwise. */
  readonly superusers: readonly string[];
}
