import { isSince, poolerVersionText } from "../../catalog/pooler-version.ts";
import { defineRule } from "../../engine/rule.ts";
import { about, numberSet, relatedTo, rewritten } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/check-query",
  title: "the query that tests a connection fails, or runs each time",
  severity: "warning",
  controls: ["pgbouncer/check-query"],
  docs: () => ({
    why: "PgBouncer runs server_check_query before it hands out a connection that was idle for server_check_delay. `<empty>` is a word that 1.25 brought; an older release sends it to the server, gets a syntax error and closes each such connection.",
    fix: "Write select 1, or upgrade. Keep server_check_delay = 30, the default.",
    leave:
      "A delay of 0 where a connection that is dead must never reach a client, at the cost of a round trip each time.",
    see: [poolerDocs("server_check_query"), poolerDocs("server_check_delay")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    const query = pooler.settings.get("server_check_query")?.text;
    if (query === "<empty>" && !isSince(pooler.version, "1.25"))
      yield {
        ...about(pooler, "server_check_query", "select 1"),
        message: `PgBouncer ${poolerVersionText(pooler.version)} sends <empty> to the server as a query, which fails; the word came with 1.25.`,
        ...rewritten(pooler, "server_check_query", "select 1", true),
      };
    if (numberSet(pooler, "server_check_delay") === 0 && query !== "")
      yield {
        ...about(pooler, "server_check_delay", "30"),
        severity: "info",
        message: "server_check_delay = 0 has PgBouncer run a test query before each use of a connection.",
        related: relatedTo(pooler, "server_check_query", "what it runs"),
      };
  },
});
