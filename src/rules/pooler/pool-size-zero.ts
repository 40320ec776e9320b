import { isSince, poolerVersionText } from "../../catalog/pooler-version.ts";
import type { Pooler } from "../../cluster/pooler.ts";
import { atoi } from "../../cluster/pooler-values.ts";
import { defineRule } from "../../engine/rule.ts";
import { about, numberSet, pairOf, pairPlace } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/pool-size-zero",
  title: "a pool of size 0",
  severity: "warning",
  controls: ["T37", "pgbouncer/D6"],
  docs: () => ({
    why: "Since 1.24 a pool of size 0 has no limit: one connection to the server for each client, which is what a pooler is there to prevent. Before, the first client gets one, PgBouncer closes it again (`too many servers in the pool`), and from then on every client waits for query_wait_timeout. A test with one connection passes.",
    fix: "Write the number of connections that the server can work on, such as 20.",
    traps: "In [databases] and [users] a word that is no number counts as 0.",
    leave: "Where max_db_connections bounds the database in its stead (1.24 and later).",
    see: [poolerDocs("default_pool_size"), "https://github.com/pgbouncer/pgbouncer/pull/1227"],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    if (numberSet(pooler, "default_pool_size") === 0)
      yield {
        ...about(pooler, "default_pool_size", "20"),
        ...severityIn(pooler),
        message: `default_pool_size = 0 ${means(pooler)}.`,
      };
    for (const target of [...pooler.databases.values(), ...pooler.users.values()]) {
      const pair = pairOf(target, "pool_size");
      if (pair && atoi(pair.value) === 0)
        yield {
          place: pairPlace(target, pair),
          ...severityIn(pooler),
          message: `pool_size=${pair.value} of ${target.name} ${means(pooler)}.`,
        };
    }
  },
});

const isUnlimited = (pooler: Pooler) => isSince(pooler.version, "1.24");
const severityIn = (pooler: Pooler) => (isUnlimited(pooler) ? {} : ({ severity: "error" } as const));
const means = (pooler: Pooler) =>
  isUnlimited(pooler)
    ? "is a pool without limit"
    : `is a pool of no connections in PgBouncer ${poolerVersionText(pooler.version)}: after the first client all others wait in vain`;
