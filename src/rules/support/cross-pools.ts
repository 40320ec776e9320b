import type { Pooler } from "../../cluster/pooler.ts";
import { atoi } from "../../cluster/pooler-values.ts";
import type { PoolerDatabase } from "./pooler-pools.ts";
import { number, pairOf } from "./pooler-settings.ts";

/** What one database's pools may open. */
export interface Demand {
  readonly database: PoolerDatabase;
  readonly connections: number;
  /** "3 users x (20 + 5)", or the limit that is below it. */
  readonly shown: string;
}

/** What all pools may open at the same time, and how that comes about. */
export interface PoolSum {
  readonly total: number;
  /** The total with its arithmetic. */
  readonly shown: string;
  readonly largest: PoolerDatabase;
}

/** A pool for each pair of database and user, as far as limits a database and limits a user leave them. */
export function sumOfPools(
  pooler: Pooler,
  databases: readonly PoolerDatabase[],
  users: readonly string[],
): PoolSum | undefined {
  const demand = databases.map((database) => demandOf(pooler, database, users.length));
  const [first] = demand.toSorted((a, b) => b.connections - a.connections);
  if (!first) return undefined;
  const byDatabase = demand.reduce((sum, { connections }) => sum + connections, 0);
  const byUser = sumByUser(pooler, databases, users);
  const processes = processesOf(pooler);
  const total = Math.min(byUser, byDatabase) * processes;
  const each = byUser < byDatabase ? `${byUser} by max_user_connections` : termsOf(demand);
  const whole = processes > 1 ? `${processes} PgBouncers x (${each})` : each;
  // A single pool needs no arithmetic.
  const isPlain = whole === `${first.database.name} ${total}` || whole.startsWith(`${total} by `);
  return { total, shown: isPlain ? `${total}` : `${whole} = ${total}`, largest: first.database };
}

/** The reserve comes into use after reserve_pool_timeout, and never where that is 0. */
export const reserveOf = (pooler: Pooler, { reserve = 0 }: PoolerDatabase): number =>
  number(pooler, "reserve_pool_timeout") === 0 ? 0 : Math.max(0, reserve);

const sizeOf = ({ poolSize = 0 }: PoolerDatabase): number => Math.max(0, poolSize);

function demandOf(pooler: Pooler, database: PoolerDatabase, users: number): Demand {
  const pools = database.forcedUser === null ? users : 1;
  const [size, reserve] = [sizeOf(database), reserveOf(pooler, database)];
  const each = reserve > 0 ? `(${size} + ${reserve})` : `${size}`;
  const connections = pools * (size + reserve);
  const limit = database.maxConnections ?? 0;
  return limit > 0 && limit < connections
    ? { database, connections: limit, shown: String(limit) }
    : { database, connections, shown: pools > 1 ? `${pools} users x ${each}` : each };
}

/** The same sum, user by user: max_user_connections is for all databases of a user together. */
function sumByUser(pooler: Pooler, databases: readonly PoolerDatabase[], users: readonly string[]): number {
  const byUser = new Map<string, number>();
  for (const database of databases)
    for (const user of database.forcedUser === null ? users : [database.forcedUser])
      byUser.set(user, (byUser.get(user) ?? 0) + sizeOf(database) + reserveOf(pooler, database));
  let sum = 0;
  for (const [user, connections] of byUser) {
    const entry = pooler.users.get(user);
    const own = entry && pairOf(entry, "max_user_connections");
    const limit = (own ? atoi(own.value) : number(pooler, "max_user_connections")) ?? 0;
    sum += limit > 0 ? Math.min(limit, connections) : connections;
  }
  return sum;
}

/** Peers share the clients, and each has pools of its own; its own entry among them is optional. */
function processesOf(pooler: Pooler): number {
  const others = [...pooler.peers.keys()].filter((id) => id !== pooler.text("peer_id"));
  return others.length + 1;
}

/** "shop 2 users x 50 + 3 databases x 20": databases of one kind together, and not too many of them. */
function termsOf(demand: readonly Demand[]): string {
  const kinds = new Map<string, Demand[]>();
  for (const one of demand) {
    const same = kinds.get(one.shown);
    if (same) same.push(one);
    else kinds.set(one.shown, [one]);
  }
  const terms = [...kinds].map(([shown, { length, 0: first }]) => {
    if (length > 1) return `${length} databases x ${shown}`;
    const name = first?.database.name ?? "";
    return `${name === "*" ? "one of *" : name} ${shown}`;
  });
  return terms.slice(0, 3).join(" + ") + (terms.length > 3 ? " + …" : "");
}
