import { defineRule } from "../../engine/rule.ts";
import { databasesOf, serverConnections } from "../support/pooler-pools.ts";
import { about, pairOf, pairPlace } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const A_CPU = 10;

export default defineRule({
  id: "pooler/pool-and-cpus",
  title: "pools let more queries run than the host has CPUs for",
  severity: "info",
  controls: ["pgbouncer/D4"],
  docs: () => ({
    why: "A server does most work with some two or three busy connections a CPU; with many more they fight for CPU, locks and cache, and all of them get slower. To queue in PgBouncer is cheaper.",
    fix: "Start with a total of 2 x CPUs plus one for each spinning disk, split over the busy pools, and raise it while throughput still grows.",
    traps: "The CPUs are those of the database's host, not of PgBouncer's.",
    leave:
      "Where connections mostly idle within transactions, wait for other systems, or only a few pools are busy at a time.",
    see: [
      poolerDocs("default_pool_size"),
      "https://wiki.postgresql.org/wiki/Number_Of_Database_Connections",
      "https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing",
    ],
  }),
  *check({ pooler, poolerAccess, host: { cpus } }) {
    if (!pooler || !cpus) return;
    const total = serverConnections(pooler, poolerAccess);
    if (total <= A_CPU * cpus.value) return;
    const largest = databasesOf(pooler).reduce((most, database) =>
      (database.poolSize ?? 0) > (most.poolSize ?? 0) ? database : most,
    );
    const own = pairOf(largest.target, "pool_size");
    yield {
      ...(own ? { place: pairPlace(largest.target, own) } : about(pooler, "default_pool_size")),
      message: `The pools may have ${total} connections together, ${Math.round(total / cpus.value)} for each of the ${cpus.value} CPUs; two or three a CPU keep it busy.`,
    };
  },
});
