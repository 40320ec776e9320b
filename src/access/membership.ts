import type { Answer } from "./answer.ts";

/** A role with the roles that it was granted. */
export interface Role {
  readonly memberOf?: readonly string[];
  /** A superuser is a member of what it was granted only, as far as pg_hba.conf is concerned. */
  readonly superuser?: boolean;
  /** A member that does not inherit is a member all the same. */
  readonly inherit?: boolean;
}

/** Every role of a server, by name. */
export type Roles = Readonly<Record<string, Role>>;

/**
 * is_member() of hba.c: directly, by way of others, or the role itself. A role that is not among all of them is no
 * member of anything; without them only the role itself is known to be one, as it has to be there to log in.
 */
export function isMember(roles: Roles | undefined, user: string, role: string): Answer {
  if (!roles) return user === role || { onlyIf: `${user} is a member of ${role}` };
  const known = new Map(Object.entries(roles));
  if (!known.has(user)) return false;
  const granted = new Set([user]);
  // A set goes on to what is added on the way.
  for (const name of granted) for (const more of known.get(name)?.memberOf ?? []) granted.add(more);
  return granted.has(role);
}
