import type { Cluster } from "../../cluster/cluster.ts";
import type { Pooler, PoolerTarget } from "../../cluster/pooler.ts";
import { atoi } from "../../cluster/pooler-values.ts";

/** How many sessions can work at the same time, and who says so. */
export interface Sessions {
  readonly count: number;
  readonly words: string;
}

/** max_connections, or less where a pooler beside the server or the caller bounds them; undefined where nobody knows. */
export function sessionsOf(cluster: Cluster): Sessions | undefined {
  const limit = cluster.conf?.known("max_connections");
  if (!limit) return undefined;
  const all: Sessions = { count: Number(limit.value), words: "connections" };
  const bound = sessionBound(cluster);
  return bound && bound.count < all.count ? bound : all;
}

/** What bounds the sessions besides max_connections. */
export function sessionBound({
  pooler,
  workload,
}: Pick<Cluster, "pooler" | "workload">): Sessions | undefined {
  const pooled = pooler && pooledConnections(pooler);
  const working = workload.connections;
  if (pooled !== undefined && (working === undefined || pooled <= working))
    return { count: pooled, words: "connections from PgBouncer" };
  return working === undefined ? undefined : { count: working, words: "working connections" };
}

/** Server connections that PgBouncer opens at most; undefined where the number of users or databases decides. */
function pooledConnections(pooler: Pooler): number | undefined {
  const bounds = Array.from(pooler.databases.values(), (database) => databaseBound(pooler, database));
  return bounds.length > 0 && !pooler.databases.has("*")
    ? bounds.reduce((sum, bound) => (bound === undefined || sum === undefined ? undefined : sum + bound), 0)
    : undefined;
}

function databaseBound(pooler: Pooler, { connect }: PoolerTarget): number | undefined {
  const own = (...keys: string[]) => connect.pairs.findLast(({ key }) => keys.includes(key))?.value;
  const limit = atoi(own("max_db_connections") ?? pooler.text("max_db_connections"));
  if (limit > 0) return limit;
  // Each user has a pool of their own, unless all of them become one.
  if (own("user") === undefined) return undefined;
  const reserve = own("reserve_pool_size", "reserve_pool") ?? pooler.text("reserve_pool_size");
  return atoi(own("pool_size") ?? pooler.text("default_pool_size")) + atoi(reserve);
}
