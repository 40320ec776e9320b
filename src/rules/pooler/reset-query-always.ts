import { defineRule } from "../../engine/rule.ts";
import { isShared, modesInUse } from "../support/pooler-pools.ts";
import { about, known, numberSet, relatedTo, rewritten } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/reset-query-always",
  title: "the reset query runs after each transaction",
  severity: "warning",
  controls: ["T28", "pgbouncer/reset-query-always"],
  docs: () => ({
    why: "Each transaction costs a round trip more, and DISCARD ALL throws plans and cached sequences away. It hides clients that use session features: they seem to work, until load makes them change connections.",
    fix: "Write server_reset_query_always = 0, the default, and give such clients an entry with pool_mode=session.",
    leave: "As a stopgap for an application that cannot be changed.",
    see: [poolerDocs("server_reset_query_always"), "https://github.com/pgbouncer/pgbouncer/issues/110"],
  }),
  *check({ pooler }) {
    if (!pooler || !numberSet(pooler, "server_reset_query_always")) return;
    const use = modesInUse(pooler).find(({ mode }) => isShared(mode));
    if (!use) return;
    const query = known(pooler, "server_reset_query") || "nothing";
    yield {
      ...about(pooler, "server_reset_query_always", "0"),
      message: `server_reset_query_always = 1 runs ${query} after each transaction of the pools in ${use.mode} mode.`,
      related: relatedTo(pooler, "pool_mode", `${use.mode} mode`),
      ...rewritten(pooler, "server_reset_query_always", "0", false),
    };
  },
});
