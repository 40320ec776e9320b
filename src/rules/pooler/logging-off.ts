import { defineRule } from "../../engine/rule.ts";
import { about, numberSet, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/logging-off",
  title: "PgBouncer's log does not say who came, or why it failed",
  severity: "info",
  controls: ["T44", "pgbouncer/F-log-connections", "pgbouncer/F-verbose"],
  docs: () => ({
    why: "Errors that PgBouncer itself sends to clients (no such user, query_wait_timeout, no more connections) stand nowhere else. And the server's log has only PgBouncer's address: without log_connections nobody can say who was connected.",
    fix: "Write log_pooler_errors = 1, and log_connections = 1, the defaults.",
    traps:
      "With clients that connect for each query the log of connections grows fast; rather give them a pool of their own.",
    leave: "Where clients come and go by the thousand and another log has them.",
    see: [poolerDocs("log_connections"), poolerDocs("log_pooler_errors")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    if (numberSet(pooler, "log_pooler_errors") === 0)
      yield {
        ...about(pooler, "log_pooler_errors", "1"),
        message: "log_pooler_errors = 0 keeps what PgBouncer tells clients of its own errors out of the log.",
      };
    if (numberSet(pooler, "log_connections") === 0 && numberSet(pooler, "log_disconnections") === 0)
      yield {
        ...about(pooler, "log_connections", "1"),
        message: "log_connections and log_disconnections are both 0, so that no log says who was connected.",
        related: relatedTo(pooler, "log_disconnections", "0 too"),
      };
    const verbose = numberSet(pooler, "verbose");
    if (verbose && verbose > 0)
      yield {
        ...about(pooler, "verbose", "0"),
        message: `verbose = ${verbose} writes debug lines for each packet or connection; it is for looking at a problem.`,
      };
  },
});
