import type { Pooler } from "../../cluster/pooler.ts";
import { defineRule } from "../../engine/rule.ts";
import { serverConnections } from "../support/pooler-pools.ts";
import { about, number, numberSet, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/max-client-conn",
  title: "PgBouncer takes fewer clients than its pools have connections",
  severity: "warning",
  controls: ["pgbouncer/D2"],
  docs: () => ({
    why: "A pooler shares few server connections among many clients. With fewer clients than connections the pools never fill, and the clients over the limit get `no more connections allowed`, which is what people expected PgBouncer to prevent. With 0 only the console lets anyone in.",
    fix: "Count what all applications' own pools may open together, and write a max_client_conn over that.",
    traps: "The default is 100. Raise the limit of open files as well.",
    leave:
      "Where the limit is to protect the server and the pools are large by mistake: make those smaller instead.",
    see: [poolerDocs("max_client_conn")],
  }),
  *check({ pooler, poolerAccess }) {
    const most = pooler && number(pooler, "max_client_conn");
    if (!pooler || most === undefined) return;
    if (most <= 0) {
      yield {
        ...about(pooler, "max_client_conn", "1000"),
        severity: "error",
        message: `max_client_conn = ${pooler.text("max_client_conn")} lets nobody in but the console.`,
      };
      return;
    }
    const needed =
      pooler.databases.size > 0
        ? serverConnections(pooler, poolerAccess)
        : (number(pooler, "default_pool_size") ?? 0);
    const isSet = pooler.settings.has("max_client_conn");
    if (most < needed && (isSet || numberSet(pooler, "default_pool_size") !== undefined))
      yield {
        ...about(pooler, isSet ? "max_client_conn" : "default_pool_size"),
        message: `max_client_conn ${isSet ? "=" : "is not set, which is"} ${most}: the pools may have ${needed} connections, and never more than ${most} clients to use them.`,
        related: isSet ? relatedTo(pooler, "default_pool_size", "the size of a pool") : [],
      };
    yield* [...clientLimits(pooler, "db"), ...clientLimits(pooler, "user")];
  },
});

function* clientLimits(pooler: Pooler, of: "db" | "user") {
  const clients = numberSet(pooler, `max_${of}_client_connections`);
  const servers = number(pooler, `max_${of}_connections`);
  if (clients && servers && clients < servers)
    yield {
      ...about(pooler, `max_${of}_client_connections`),
      message: `max_${of}_client_connections = ${clients} is less than max_${of}_connections = ${servers}: so many server connections are never used.`,
      related: relatedTo(pooler, `max_${of}_connections`, "the server's side"),
    };
}
