import { defineRule } from "../../engine/rule.ts";
import { authQueries } from "../support/pooler-queries.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/auth-query-shape",
  title: "auth_query does not ask for one user's name and secret",
  severity: "error",
  controls: ["T23", "pgbouncer/auth-query-shape"],
  docs: () => ({
    why: "PgBouncer binds the user's name to $1 and wants two columns back, name and secret. Without $1 the server refuses the query, and with another number of columns PgBouncer closes the connection: nobody who is not in auth_file can log in.",
    fix: "Write SELECT p_user, p_password FROM public.lookup($1).",
    traps:
      "SELECT * works until somebody adds a column to the function. In [databases] the query stands in single quotes.",
    leave: "SELECT * may stay where the function has exactly two columns and will keep them.",
    see: [poolerDocs("auth_query"), "https://github.com/pgbouncer/pgbouncer/blob/master/src/client.c"],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    for (const { place, query, isDefault } of authQueries(pooler)) {
      if (isDefault) continue;
      if (!query.includes("$1"))
        yield {
          place,
          message: "auth_query has no $1, to which PgBouncer binds the user's name; the server refuses it.",
          setting: "auth_query",
          apply: "reload",
        };
      else if (/^\s*select\s+\*/i.test(query))
        yield {
          place,
          severity: "info",
          confidence: "low",
          message:
            "auth_query must return exactly two columns, and SELECT * may return more one day; name them.",
          setting: "auth_query",
          apply: "reload",
        };
    }
  },
});
