import type { Cluster } from "../../cluster/cluster.ts";
import type { Conf } from "../../cluster/conf.ts";
import type { Pooler } from "../../cluster/pooler.ts";
import { defineRule } from "../../engine/rule.ts";
import type { Place } from "../../text/source.ts";
import { related } from "../support/conf.ts";
import { databasesHere } from "../support/cross-backends.ts";
import { usersListed } from "../support/cross-logins.ts";
import { countUsers, type PoolerDatabase, poolsOf } from "../support/pooler-pools.ts";
import { lineOf, namePlace, number, pairOf, pairPlace } from "../support/pooler-settings.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "cross/pools-over-max-connections",
  title: "PgBouncer's pools may open more connections than the server has",
  severity: "warning",
  controls: ["U13", "pgbouncer/D1"],
  docs: {
    why: "PgBouncer keeps a pool for each pair of database and user. Under load they all fill up, and beyond max_connections the server answers `sorry, too many clients already`: the very thing that a pooler is there to prevent. It shows on the busiest day.",
    fix: "Make the pools smaller, or cap them with max_db_connections (1.15 and later, one number a database) so that their sum stays below what max_connections leaves. Raise max_connections only with the memory for it.",
    traps:
      "superuser_reserved_connections, 3 by default, and from 16 on reserved_connections are not for applications. Two names in [databases] for one database on the server have a pool each. Several PgBouncers add up. A database without max_db_connections has a pool for every user who ever logs in.",
    leave:
      "Where the pools can never be full at the same time: users who share no database, or work at different hours.",
    see: [
      poolerDocs("default_pool_size"),
      poolerDocs("max_db_connections"),
      settingDocs("connection", "max_connections"),
    ],
  },
  *check(cluster) {
    const { conf, pooler } = cluster;
    const room = conf && roomIn(conf);
    if (!pooler || !room) return;
    const { databases, confidence } = databasesHere(cluster);
    const users = usersOf(cluster);
    const demand = databases.map((database) => demandOf(pooler, database, users));
    const total = demand.reduce((sum, { connections }) => sum + connections, 0);
    const least = databases
      .map((database) => demandOf(pooler, database, 1).connections)
      .reduce((sum, connections) => sum + connections, 0);
    const largest = demand.toSorted((a, b) => b.connections - a.connections)[0];
    if (!largest || total <= room.left) return;
    const fair = fairSize(pooler, databases, users, room.left);
    yield {
      place: sizePlace(pooler, largest.database),
      // That each database has one user at work is certain; that all users are, on all databases, is not.
      severity: least > room.left ? "warning" : "info",
      ...(confidence === "low" && { confidence }),
      message: `The pools may open ${sumOf(demand)} connections, and max_connections = ${room.max} leaves ${room.left}, as ${room.reserved} are reserved.`,
      setting: "default_pool_size",
      current: pooler.text("default_pool_size"),
      ...(fair !== undefined && { suggested: String(fair), apply: "reload" }),
      related: related(conf.known("max_connections"), "what they share"),
    };
  },
});

interface Room {
  readonly max: number;
  readonly reserved: string;
  readonly left: number;
}

/** What applications may have; undefined where the files do not tell. */
function roomIn(conf: Conf): Room | undefined {
  const max = conf.known("max_connections");
  const superusers = conf.known("superuser_reserved_connections");
  if (!max || !superusers) return undefined;
  const others = conf.version.major >= 16 ? Number(conf.known("reserved_connections")?.value ?? 0) : 0;
  const reserved = others > 0 ? `${superusers.base} + ${others}` : superusers.base;
  return { max: Number(max.value), reserved, left: Number(max.value) - Number(superusers.value) - others };
}

/** Those whom the files name; at least one works on each database. */
function usersOf(cluster: Cluster): number {
  const { pooler, poolerAccess } = cluster;
  const isCounted = pooler && countUsers(pooler, poolerAccess) !== undefined;
  return Math.max(1, isCounted ? usersListed(cluster).length : 1);
}

interface Demand {
  readonly database: PoolerDatabase;
  readonly connections: number;
  /** "3 users x (20 + 5)", or the limit that is below it. */
  readonly shown: string;
}

function demandOf(pooler: Pooler, database: PoolerDatabase, users: number): Demand {
  const pools = poolsOf(database, users) ?? 1;
  const size = Math.max(0, database.poolSize ?? 0);
  const extra = reserveOf(pooler, database);
  const each = extra > 0 ? `(${size} + ${extra})` : `${size}`;
  const all = {
    database,
    connections: pools * (size + extra),
    shown: pools > 1 ? `${pools} users x ${each}` : each,
  };
  const perUser = number(pooler, "max_user_connections") ?? 0;
  const limits = [database.maxConnections ?? 0, perUser > 0 ? perUser * pools : 0].filter(
    (limit) => limit > 0,
  );
  const limit = Math.min(...limits);
  return limit < all.connections ? { database, connections: limit, shown: String(limit) } : all;
}

/** The reserve comes into use after reserve_pool_timeout, and never where that is 0. */
const reserveOf = (pooler: Pooler, { reserve = 0 }: PoolerDatabase): number =>
  number(pooler, "reserve_pool_timeout") === 0 ? 0 : Math.max(0, reserve);

/** "shop 2 users x 50 + stock 20 = 120", databases of one kind together. */
function sumOf(demand: readonly Demand[]): string {
  const total = demand.reduce((sum, { connections }) => sum + connections, 0);
  const kinds = new Map<string, Demand[]>();
  for (const one of demand) kinds.set(one.shown, [...(kinds.get(one.shown) ?? []), one]);
  const terms = [...kinds].map(([shown, { length, 0: first }]) =>
    length > 1 ? `${length} databases x ${shown}` : `${first?.database.name} ${shown}`,
  );
  const most = terms.slice(0, 3).join(" + ") + (terms.length > 3 ? " + …" : "");
  return most === `${demand[0]?.database.name} ${total}` ? String(total) : `${most} = ${total}`;
}

/** A default_pool_size with which all fit; undefined where databases have sizes of their own. */
function fairSize(
  pooler: Pooler,
  databases: readonly PoolerDatabase[],
  users: number,
  left: number,
): number | undefined {
  if (databases.some(({ target }) => pairOf(target, "pool_size"))) return undefined;
  const pools = databases.reduce((sum, database) => sum + (poolsOf(database, users) ?? 1), 0);
  const reserve = Math.max(...databases.map((database) => reserveOf(pooler, database)));
  const fair = Math.floor(left / pools) - reserve;
  return fair > 0 ? fair : undefined;
}

/** Where the size of a database's pool is written. */
function sizePlace(pooler: Pooler, { target }: PoolerDatabase): Place {
  const pair = pairOf(target, "pool_size");
  return pair ? pairPlace(target, pair) : (lineOf(pooler, "default_pool_size") ?? namePlace(target));
}
