import { defineRule } from "../../engine/rule.ts";
import { authQueries } from "../support/pooler-queries.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/auth-query-superuser",
  title: "auth_query reads the password catalog, so that auth_user must be a superuser",
  severity: "warning",
  controls: ["T22", "pgbouncer/auth-query-superuser"],
  docs: () => ({
    why: "Only a superuser may read pg_authid and pg_shadow. PgBouncer then keeps a superuser's password in a file, and who breaks into the pooler owns the server.",
    fix: "Create a SECURITY DEFINER function that returns one role's secret, with a fixed search_path, revoke it from public, and grant it to a role without other rights: auth_query = SELECT p_user, p_password FROM public.lookup($1).",
    traps:
      "The function must exist in every database that clients name, or in the one of auth_dbname (1.19 and later). Have it leave superusers and replication roles out.",
    leave:
      "Where SELECT on pg_authid was granted to auth_user by name; that is better than a superuser, and still lets it read all secrets at once.",
    see: [poolerDocs("auth_query"), poolerDocs("auth_user")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    for (const { place, query, user, isDefault } of authQueries(pooler))
      if (user !== null && /\bpg_(?:authid|shadow)\b/i.test(query))
        yield {
          place,
          message: `${isDefault ? "auth_query has its default, which" : "auth_query"} reads ${/pg_authid/i.test(query) ? "pg_authid" : "pg_shadow"}, so that ${user} must be a superuser; ask a SECURITY DEFINER function instead.`,
          setting: "auth_query",
          suggested: "SELECT p_user, p_password FROM public.lookup($1)",
          apply: "reload",
        };
  },
});
