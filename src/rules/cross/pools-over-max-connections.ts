import type { Cluster } from "../../cluster/cluster.ts";
import type { Conf } from "../../cluster/conf.ts";
import type { Pooler } from "../../cluster/pooler.ts";
import { defineRule } from "../../engine/rule.ts";
import type { Place } from "../../text/source.ts";
import { related } from "../support/conf.ts";
import { databasesHere } from "../support/cross-backends.ts";
import { usersListed } from "../support/cross-logins.ts";
import { reserveOf, sumOfPools } from "../support/cross-pools.ts";
import { countUsers, type PoolerDatabase } from "../support/pooler-pools.ts";
import { lineOf, namePlace, pairOf, pairPlace } from "../support/pooler-settings.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "cross/pools-over-max-connections",
  title: "PgBouncer's pools may open more connections than the server has",
  severity: "warning",
  controls: ["U13", "pgbouncer/D1"],
  docs: () => ({
    why: "PgBouncer keeps a pool for each pair of database and user. Under load they all fill up, and beyond max_connections the server answers `sorry, too many clients already`: the very thing that a pooler is there to prevent. It shows on the busiest day.",
    fix: "Make the pools smaller, or cap them with max_db_connections (1.15 and later, one number a database) so that their sum stays below what max_connections leaves. Raise max_connections only with the memory for it.",
    traps:
      "superuser_reserved_connections, 3 by default, and from 16 on reserved_connections are not for applications. Two names in [databases] for one database on the server have a pool each. Each of several PgBouncers that are peers has all of the pools. Several PgBouncers add up. A database without max_db_connections has a pool for every user who ever logs in.",
    leave:
      "Where the pools can never be full at the same time: users who share no database, or work at different hours.",
    see: [
      poolerDocs("default_pool_size"),
      poolerDocs("max_db_connections"),
      settingDocs("connection", "max_connections"),
    ],
  }),
  *check(cluster) {
    const { conf, pooler } = cluster;
    const room = conf && roomIn(conf);
    if (!pooler || !room) return;
    const { databases, confidence } = databasesHere(cluster);
    const users = usersOf(cluster);
    const most = sumOfPools(pooler, databases, users);
    const least = sumOfPools(pooler, databases, users.slice(0, 1));
    if (!most || !least || most.total <= room.left) return;
    const fair = fairSize(pooler, databases, users.length, room.left);
    yield {
      place: sizePlace(pooler, most.largest),
      // That one user is at work on each database is certain; that all users are, on all of them, is not.
      severity: least.total > room.left ? "warning" : "info",
      ...(confidence === "low" && { confidence }),
      message: `The pools may open ${most.shown} connections, and max_connections = ${room.max} leaves ${room.left}, as ${room.reserved} are reserved.`,
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
  const others = Number(conf.known("reserved_connections")?.value ?? 0);
  const reserved = others > 0 ? `${superusers.base} + ${others}` : superusers.base;
  return { max: Number(max.value), reserved, left: Number(max.value) - Number(superusers.value) - others };
}

/** Those whom the files name; where they do not, there is one at least. */
function usersOf(cluster: Cluster): readonly string[] {
  const { pooler, poolerAccess } = cluster;
  const listed = pooler && countUsers(pooler, poolerAccess) !== undefined ? usersListed(cluster) : [];
  return listed.length > 0 ? listed : [""];
}

/** A default_pool_size with which all fit; undefined where databases have sizes of their own. */
function fairSize(
  pooler: Pooler,
  databases: readonly PoolerDatabase[],
  users: number,
  left: number,
): number | undefined {
  if (pooler.peers.size > 0 || databases.some(({ target }) => pairOf(target, "pool_size"))) return undefined;
  const pools = databases.reduce((sum, { forcedUser }) => sum + (forcedUser === null ? users : 1), 0);
  const reserve = databases.reduce((most, database) => Math.max(most, reserveOf(pooler, database)), 0);
  const fair = Math.floor(left / pools) - reserve;
  return fair > 0 ? fair : undefined;
}

/** Where the size of a database's pool is written. */
function sizePlace(pooler: Pooler, { target }: PoolerDatabase): Place {
  const pair = pairOf(target, "pool_size");
  return pair ? pairPlace(target, pair) : (lineOf(pooler, "default_pool_size") ?? namePlace(target));
}
