import type { AccessChange } from "../diff-hba.ts";
import type { Deviation, GroupComparison } from "./group.ts";
import { isDrift, type PairComparison } from "./pair.ts";
import type { ServerValues } from "./server-values.ts";

/** What differs between two servers. */
export interface PairReport extends PairComparison {
  readonly servers: readonly [ServerValues, ServerValues];
  readonly access: readonly AccessComparison[];
}

/** What differs about who gets in. */
export interface AccessComparison {
  readonly file: "pg_hba.conf" | "auth_hba_file";
  readonly paths: readonly [string, string];
  readonly changes: readonly AccessChange[];
  /** Why one of the files cannot be compared: its server does not load it. */
  readonly refusal: string | null;
}

/** Who deviates in a group of servers. */
export interface GroupReport extends Omit<GroupComparison, "access"> {
  readonly path: string;
  readonly access: readonly GroupAccess[];
}

/** What most servers of a group say about who gets in, and what the others say in another way. */
export interface GroupAccess {
  readonly file: AccessComparison["file"];
  readonly of: number;
  readonly usual: { readonly path: string; readonly servers: number };
  readonly others: readonly (AccessComparison & { readonly servers: readonly string[] })[];
}

/** Is there a difference that nobody has to expect? */
export const pairDiffers = ({ differences, unknown, access }: PairReport): boolean =>
  differences.some(isDrift) ||
  unknown.length > 0 ||
  access.some(({ changes, refusal }) => changes.length > 0 || refusal !== null);

export const groupDiffers = ({ deviations, unknown, access }: GroupReport): boolean =>
  deviations.some(isDrift) || unknown.size > 0 || access.length > 0;

export interface Deviant {
  readonly path: string;
  readonly deviations: number;
}

/** Who deviates most, without what is to be expected. */
export function worstOf({ deviations, access }: GroupReport): readonly Deviant[] {
  const counts = new Map<string, number>();
  const count = (path: string) => counts.set(path, (counts.get(path) ?? 0) + 1);
  for (const deviation of deviations) for (const path of deviantsOf(deviation)) count(path);
  for (const { others } of access) for (const { servers } of others) servers.forEach(count);
  return [...counts]
    .map(([path, number]) => ({ path, deviations: number }))
    .sort((one, other) => other.deviations - one.deviations);
}

/** Where no value is the usual one, nobody deviates from it. */
const deviantsOf = (deviation: Deviation): string[] =>
  isDrift(deviation) && deviation.usual
    ? deviation.others.flatMap(({ servers }) => servers.map(({ path }) => path))
    : [];
