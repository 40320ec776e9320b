import { defineRule } from "../../engine/rule.ts";
import { isShared, modesInUse } from "../support/pooler-pools.ts";
import { about, numberSet, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/session-prepared-statements",
  title: "max_prepared_statements does nothing in session pooling",
  severity: "info",
  controls: ["pgbouncer/session-prepared"],
  versions: { pgbouncer: ">=1.21" },
  docs: () => ({
    why: "In session mode a client keeps its server connection, and its prepared statements with it. Who set the number probably believes that transaction pooling is on.",
    fix: "Take the line out, or write pool_mode = transaction.",
    leave: "Where some database will get pool_mode=transaction soon.",
    see: [poolerDocs("max_prepared_statements"), poolerDocs("pool_mode")],
  }),
  *check({ pooler }) {
    const most = pooler && numberSet(pooler, "max_prepared_statements");
    if (!pooler || !most) return;
    const modes = modesInUse(pooler);
    if (modes.length === 0 || modes.some(({ mode }) => isShared(mode))) return;
    yield {
      ...about(pooler, "max_prepared_statements"),
      message: `max_prepared_statements = ${most} has no effect: every pool is in session mode${pooler.settings.has("pool_mode") ? "" : ", the default"}.`,
      related: relatedTo(pooler, "pool_mode", "session mode"),
    };
  },
});
