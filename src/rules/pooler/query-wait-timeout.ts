import { defineRule } from "../../engine/rule.ts";
import { about, numberSet, rewritten } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/query-wait-timeout",
  title: "clients wait for a server connection for ever",
  severity: "warning",
  controls: ["T32", "pgbouncer/query-wait-0"],
  docs: () => ({
    why: "When the server is down or the pool is used up, clients queue without an error. The application hangs instead of failing, its own pool fills up, and a health check that goes through PgBouncer hangs with it.",
    fix: "Write query_wait_timeout = 120, the default, or a little less than the application's own timeout.",
    leave: "Where every client has a timeout of its own for the whole request.",
    see: [poolerDocs("query_wait_timeout")],
  }),
  *check({ pooler }) {
    if (pooler && numberSet(pooler, "query_wait_timeout") === 0)
      yield {
        ...about(pooler, "query_wait_timeout", "120"),
        message:
          "query_wait_timeout = 0 lets clients wait for a server connection without end; the default is 120 s.",
        ...rewritten(pooler, "query_wait_timeout", "120", false),
      };
  },
});
