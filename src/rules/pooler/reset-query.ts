import { defineRule } from "../../engine/rule.ts";
import { isShared, modesInUse } from "../support/pooler-pools.ts";
import { about, known, numberSet, relatedTo, rewritten } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/reset-query",
  title: "a session's state reaches the next client",
  severity: "warning",
  controls: ["T29", "T30", "pgbouncer/reset-query-empty"],
  docs: () => ({
    why: "In session mode server_reset_query is what cleans a connection between two clients. Without DISCARD ALL the next one inherits SET ROLE, search_path, temporary tables, advisory locks and prepared statements, and works as somebody else or fails with `already exists`.",
    fix: "Write server_reset_query = DISCARD ALL, which is the default.",
    traps:
      "It needs no ROLLBACK or ABORT: PgBouncer closes a connection that is left within a transaction. RESET ALL does not reset the role's SET SESSION AUTHORIZATION, and DEALLOCATE ALL only the statements.",
    leave: "Where one application alone uses the pool and leaves nothing behind.",
    see: [poolerDocs("server_reset_query")],
  }),
  *check({ pooler }) {
    const query = pooler && known(pooler, "server_reset_query");
    if (!pooler || query === undefined) return;
    const aborts = /\b(?:abort|rollback)\b/i.exec(query)?.[0];
    if (aborts !== undefined)
      yield {
        ...about(pooler, "server_reset_query", "DISCARD ALL"),
        severity: "info",
        message: `server_reset_query needs no ${aborts}: PgBouncer never reuses a connection that is within a transaction.`,
        ...rewritten(pooler, "server_reset_query", "DISCARD ALL", false),
      };
    const isSession = modesInUse(pooler).some(({ mode }) => !isShared(mode));
    if (aborts !== undefined || !isSession || /\bdiscard\s+all\b/i.test(query)) return;
    yield {
      ...about(pooler, "server_reset_query", "DISCARD ALL"),
      ...(query !== "" && !isWeak(query) && { confidence: "low", severity: "info" }),
      message:
        query === ""
          ? "server_reset_query is empty, so that in session mode each client inherits what the one before it has set."
          : `server_reset_query = ${query} does less than DISCARD ALL, so that in session mode a client inherits part of what the one before it has set.`,
      related: relatedTo(pooler, "pool_mode", "how connections are handed on"),
      ...(numberSet(pooler, "server_reset_query_always") === undefined &&
        rewritten(pooler, "server_reset_query", "DISCARD ALL", false)),
    };
  },
});

const isWeak = (query: string) =>
  /^\s*(?:deallocate\s+all|reset\s+all|discard\s+\w+|unlisten\s+\*|select\s+1|close\s+all)\s*;?\s*$/i.test(
    query,
  );
