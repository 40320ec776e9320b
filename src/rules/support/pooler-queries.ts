import type { Pooler } from "../../cluster/pooler.ts";
import type { Place } from "../../text/source.ts";
import { databasesOf } from "./pooler-pools.ts";
import { known, lineOf, pairOf, pairPlace, topOf } from "./pooler-settings.ts";

/** A query by which PgBouncer looks up a user. */
export interface AuthQuery {
  readonly query: string;
  /** Who runs it; null where nobody does. */
  readonly user: string | null;
  /** The query's own place, or that of the auth_user which makes PgBouncer ask the default. */
  readonly place: Place;
  readonly isDefault: boolean;
}

/** The global query and those of single databases. */
export function authQueries(pooler: Pooler): AuthQuery[] {
  const queries: AuthQuery[] = [];
  const databases = databasesOf(pooler);
  for (const { target, authUser } of databases) {
    const pair = pairOf(target, "auth_query");
    if (pair)
      queries.push({ query: pair.value, user: authUser, place: pairPlace(target, pair), isDefault: false });
  }
  const query = known(pooler, "auth_query");
  const asking = databases.find(({ authUser, target }) => authUser !== null && !pairOf(target, "auth_query"));
  const user = asking?.authUser ?? known(pooler, "auth_user") ?? null;
  if (query === undefined) return queries;
  const line = lineOf(pooler, "auth_query");
  const own = asking && pairOf(asking.target, "auth_user");
  const place =
    line ?? lineOf(pooler, "auth_user") ?? (asking && own ? pairPlace(asking.target, own) : topOf(pooler));
  queries.push({ query, user: user === "" ? null : user, place, isDefault: line === undefined });
  return queries;
}
