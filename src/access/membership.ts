import type { Answer } from "./answer.ts";
import { byteText } from "./bytes.ts";

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

/** The roles that a user is in, itself among them, as byteText() makes them; none where there is no such user. */
export type Memberships = ReadonlySet<string>;

/** roles_is_member_of(), directly or by way of others; undefined where nobody said what roles there are. */
export function membershipsOf(roles: Roles | undefined, user: string): Memberships | undefined {
  if (!roles) return undefined;
  const known = new Map(Object.entries(roles).map(([name, role]) => [byteText(name), role]));
  const all = new Set(known.has(user) ? [user] : []);
  // A set goes on to what is added on the way.
  for (const name of all) for (const more of known.get(name)?.memberOf ?? []) all.add(byteText(more));
  return all;
}

/**
 * is_member() of hba.c. Where the memberships are not known, only the user itself is known to be in a role, as it has to
 * be there to log in.
 */
export function isMember(memberships: Memberships | undefined, user: string, role: string): Answer {
  if (memberships) return memberships.has(role);
  return user === role || { onlyIf: `${user} is a member of ${role}` };
}
