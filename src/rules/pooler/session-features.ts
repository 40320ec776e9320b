import { defineRule } from "../../engine/rule.ts";
import { isShared, modePlace, modesInUse } from "../support/pooler-pools.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/session-features",
  title: "transaction pooling takes the session's features away",
  severity: "info",
  controls: ["pgbouncer/tx-session-features"],
  profiles: ["strict"],
  docs: () => ({
    why: "SET, LISTEN, WITH HOLD cursors, PREPARE as a command, temporary tables that outlive a transaction, LOAD and session advisory locks act on a server connection that the next transaction of somebody else gets. Migration tools that take an advisory lock hang or run twice.",
    fix: "Add a second entry for such clients: shop_session = host=10.0.0.5 dbname=shop pool_mode=session pool_size=5.",
    traps: "SET LOCAL, pg_advisory_xact_lock and NOTIFY are safe.",
    leave: "Once you know that no client uses them, or that those which do go past PgBouncer.",
    see: ["https://www.pgbouncer.org/features.html", poolerDocs("pool_mode")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    const modes = modesInUse(pooler);
    const use = modes.find(({ mode }) => isShared(mode));
    if (use && !modes.some(({ mode }) => mode === "session"))
      yield {
        place: modePlace(pooler, use),
        message: `Every pool is in ${use.mode} mode, so that nothing behind this PgBouncer can LISTEN, SET or hold a session advisory lock.`,
        setting: "pool_mode",
        current: use.mode,
      };
  },
});
