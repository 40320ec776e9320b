import type { Pooler } from "../../cluster/pooler.ts";
import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, number, numberSet, pairOf, pairPlace, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/pool-over-limit",
  title: "a pool is larger than the limit above it",
  severity: "info",
  controls: ["pgbouncer/D7"],
  docs: () => ({
    why: "The limit of the database or of the user ends the pool before its size does. Who raises pool_size to let more queries through sees no change.",
    fix: "Make the pool as large as the limit, or raise the limit.",
    traps:
      "max_db_connections counts for each name in [databases]: two names for one database of the server add up. In an entry 0 inherits the global value.",
    leave: "Where several users share a database, and the limit is to bound them together.",
    see: [poolerDocs("max_db_connections"), poolerDocs("max_user_connections")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    for (const name of ["max_db_connections", "max_user_connections"]) yield* globalLimit(pooler, name);
    for (const { target, poolSize, maxConnections, name } of databasesOf(pooler)) {
      const size = pairOf(target, "pool_size");
      const limit = pairOf(target, "max_db_connections");
      const place = limit ?? size;
      if (place && poolSize && maxConnections && poolSize > maxConnections)
        yield {
          place: pairPlace(target, place),
          message: `A pool of ${name} may have ${poolSize} connections, and the database ${maxConnections}; the pool never fills.`,
        };
    }
  },
});

function* globalLimit(pooler: Pooler, name: string) {
  const limit = numberSet(pooler, name);
  const size = number(pooler, "default_pool_size");
  if (limit && limit > 0 && size && size > limit)
    yield {
      ...about(pooler, name),
      message: `${name} = ${limit} is less than default_pool_size${pooler.settings.has("default_pool_size") ? " =" : ", which is"} ${size}; a pool never fills.`,
      related: relatedTo(pooler, "default_pool_size", "the size of a pool"),
    };
}
