import { defineRule } from "../../engine/rule.ts";
import { countUsers, databasesOf, modesInUse, mostConnections } from "../support/pooler-pools.ts";
import { about, number, numberSet, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/session-queue",
  title: "session pooling with far more clients than connections",
  severity: "warning",
  controls: ["T25", "pgbouncer/D5"],
  docs: () => ({
    why: "In session mode a client keeps its server connection until it disconnects, idle or not. The clients over the size of the pool wait, and after query_wait_timeout (120 s) they are cut off.",
    fix: "Write pool_mode = transaction, if the clients need no session features; else make the pool as large as the number of clients at a time.",
    leave: "Where clients connect for a moment and leave.",
    see: [poolerDocs("pool_mode"), poolerDocs("default_pool_size")],
  }),
  *check({ pooler, poolerAccess }) {
    const clients = pooler && numberSet(pooler, "max_client_conn");
    if (!pooler || !clients || modesInUse(pooler).some(({ mode }) => mode !== "session")) return;
    const databases = databasesOf(pooler);
    const users = countUsers(pooler, poolerAccess);
    const total = databases.reduce(
      (sum, database) => sum + (mostConnections(database, users) || Number.NaN),
      0,
    );
    if (databases.length === 0 || !(clients > 3 * total)) return;
    const wait = number(pooler, "query_wait_timeout") || undefined;
    yield {
      ...about(pooler, "max_client_conn"),
      confidence: "medium",
      message: `In session mode ${total} of ${clients} clients can work, and the others wait until one of those disconnects${wait ? `, ${wait} s at most` : ""}.`,
      related: relatedTo(pooler, "pool_mode", "a client keeps its connection"),
    };
  },
});
