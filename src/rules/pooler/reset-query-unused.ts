import { defineRule } from "../../engine/rule.ts";
import { isShared, modesInUse } from "../support/pooler-pools.ts";
import { about, number, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/reset-query-unused",
  title: "server_reset_query is never run in transaction pooling",
  severity: "info",
  controls: ["T28", "pgbouncer/reset-query-ignored"],
  docs: () => ({
    why: "Since 1.7 PgBouncer runs the query in session mode only. Who relies on it to undo a SET in transaction mode finds the setting in other clients' transactions.",
    fix: "Take the line out, and have clients use SET LOCAL.",
    traps:
      "server_reset_query_always = 1 does run it, after each transaction; that is slow and hides the mistake.",
    leave:
      "DISCARD ALL does no harm where it stands; it starts to work when a pool goes back to session mode.",
    see: [poolerDocs("server_reset_query"), poolerDocs("server_reset_query_always")],
  }),
  *check({ pooler }) {
    const query = pooler?.settings.get("server_reset_query")?.text;
    if (!pooler || !query || /^discard all;?$/i.test(query)) return;
    if (number(pooler, "server_reset_query_always") !== 0) return;
    const modes = modesInUse(pooler);
    if (modes.length > 0 && modes.every(({ mode }) => isShared(mode)))
      yield {
        ...about(pooler, "server_reset_query"),
        message: `server_reset_query is not run in ${modes[0]?.mode} mode, which all pools are in.`,
        related: relatedTo(pooler, "pool_mode", "how connections are handed on"),
      };
  },
});
