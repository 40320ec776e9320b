import type { Pooler } from "../../cluster/pooler.ts";
import { atoi } from "../../cluster/pooler-values.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, number, numberSet, pairOf, pairPlace, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/min-pool-size",
  title: "min_pool_size asks for more connections than the pool may have",
  severity: "warning",
  controls: ["T36", "pgbouncer/min-pool-size-forced"],
  docs: () => ({
    why: "PgBouncer takes the size of the pool and says nothing; the connections that were to be kept ready are not there in the next rush.",
    fix: "Raise default_pool_size, or write a min_pool_size below it.",
    traps:
      "A pool that nobody has used yet has no connections at all, except where user= is set (1.21 and later): PgBouncer does not know as whom to connect.",
    leave: "Never; the surplus does nothing.",
    see: [poolerDocs("min_pool_size"), poolerDocs("default_pool_size")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    yield* [...globalSize(pooler), ...ownSizes(pooler)];
  },
});

function* globalSize(pooler: Pooler): Generator<Draft> {
  const least = numberSet(pooler, "min_pool_size");
  const size = number(pooler, "default_pool_size");
  // 0 is no limit from 1.24 on, and a rule of its own.
  if (!least || !size) return;
  const databases = databasesOf(pooler);
  if (least > size)
    yield {
      ...about(pooler, "min_pool_size", String(size)),
      message: `min_pool_size = ${least} is more than default_pool_size${pooler.settings.has("default_pool_size") ? " =" : ", which is"} ${size}; PgBouncer keeps ${size}.`,
      related: relatedTo(pooler, "default_pool_size", "the size of the pool"),
    };
  else if (databases.length > 0 && databases.every(({ forcedUser }) => forcedUser === null))
    yield {
      ...about(pooler, "min_pool_size"),
      severity: "info",
      message: `min_pool_size = ${least} opens no connections before a first client comes: no database has user=, so that PgBouncer does not know as whom.`,
    };
}

function* ownSizes(pooler: Pooler): Generator<Draft> {
  for (const { target, poolSize, name } of databasesOf(pooler)) {
    const pair = pairOf(target, "min_pool_size");
    const least = pair ? atoi(pair.value) : 0;
    if (pair && poolSize && least > poolSize)
      yield {
        place: pairPlace(target, pair),
        message: `min_pool_size=${least} of ${name} is more than its pool, which has ${poolSize}; PgBouncer keeps ${poolSize}.`,
      };
  }
}
