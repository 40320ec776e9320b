import { atoi } from "../../cluster/pooler-values.ts";
import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, number, numberSet, pairOf, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/reserve-pool",
  title: "a reserve pool that is never used",
  severity: "warning",
  controls: ["T38", "pgbouncer/D7"],
  docs: () => ({
    why: "The reserve is opened for clients that have waited for reserve_pool_timeout. With 0 PgBouncer never opens it, and the connections that were meant for a rush do not come.",
    fix: "Write reserve_pool_timeout = 5, the default; or take both out.",
    leave: "Where the timeout is 0 to switch the reserve off for a while.",
    see: [poolerDocs("reserve_pool_size"), poolerDocs("reserve_pool_timeout")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    const timeout = numberSet(pooler, "reserve_pool_timeout");
    const ofUsers = [...pooler.users.values()].map((target) =>
      atoi(pairOf(target, "reserve_pool_size")?.value ?? "0"),
    );
    const ofDatabases = databasesOf(pooler).map(({ reserve }) => reserve);
    const sizes = [number(pooler, "reserve_pool_size"), ...ofDatabases, ...ofUsers];
    const most = sizes.reduce<number>((largest, size) => Math.max(largest, size ?? 0), 0);
    if (timeout === 0 && most > 0)
      yield {
        ...about(pooler, "reserve_pool_timeout", "5"),
        message: `reserve_pool_timeout = 0 switches off the reserve of ${most} connections.`,
        related: relatedTo(pooler, "reserve_pool_size", "never used"),
      };
    if (timeout && most === 0 && sizes.every((size) => size !== undefined))
      yield {
        ...about(pooler, "reserve_pool_timeout"),
        severity: "info",
        message: `reserve_pool_timeout = ${timeout} has no effect: no pool has a reserve_pool_size.`,
      };
  },
});
