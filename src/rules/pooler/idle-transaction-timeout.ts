import { isSince } from "../../catalog/pooler-version.ts";
import { defineRule } from "../../engine/rule.ts";
import { isShared, modesInUse } from "../support/pooler-pools.ts";
import { about, number, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/idle-transaction-timeout",
  title: "a forgotten transaction holds a pooled connection for ever",
  severity: "info",
  controls: ["T33", "pgbouncer/idle-tx-0"],
  profiles: ["strict"],
  docs: () => ({
    why: "In transaction mode a connection goes back at COMMIT. A client that begins and then waits for something else keeps it; as many such clients as default_pool_size stop everybody.",
    fix: "Write idle_transaction_timeout = 60, or have PostgreSQL do it with idle_in_transaction_session_timeout, which can be set by role.",
    traps: "PgBouncer closes the client's connection, and the transaction is rolled back.",
    leave: "Where idle_in_transaction_session_timeout is set on the server or for the roles.",
    see: [
      poolerDocs("idle_transaction_timeout"),
      settingDocs("client", "idle_in_transaction_session_timeout"),
    ],
  }),
  *check({ pooler, conf }) {
    if (!pooler || number(pooler, "idle_transaction_timeout") !== 0) return;
    if (isSince(pooler.version, "1.25") && number(pooler, "transaction_timeout") !== 0) return;
    const onServer = conf?.known("idle_in_transaction_session_timeout")?.value;
    if (typeof onServer === "number" && onServer > 0) return;
    const use = modesInUse(pooler).find(({ mode }) => isShared(mode));
    if (use)
      yield {
        ...about(pooler, "idle_transaction_timeout", "60"),
        message: `idle_transaction_timeout is 0: in ${use.mode} mode a client that forgets to commit keeps its server connection for ever.`,
        related: relatedTo(pooler, "pool_mode", `${use.mode} mode`),
      };
  },
});
