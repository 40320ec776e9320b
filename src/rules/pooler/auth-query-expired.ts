import { isSince, poolerVersionText } from "../../catalog/pooler-version.ts";
import { defineRule } from "../../engine/rule.ts";
import { authQueries } from "../support/pooler-queries.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/auth-query-expired",
  title: "expired passwords still open PgBouncer",
  severity: "warning",
  controls: ["pgbouncer/auth-query-valid-until"],
  docs: () => ({
    why: "PostgreSQL does not check VALID UNTIL when PgBouncer looks the secret up, and PgBouncer's default query did not either before 1.24.1 (CVE-2025-2291). A role that was given a date to end at goes on as before.",
    fix: "Let the query return NULL for a password whose time is over: CASE WHEN rolvaliduntil < pg_catalog.now() THEN NULL ELSE rolpassword END. Or upgrade to 1.24.1 and drop your own query.",
    traps:
      "Users of auth_file have no such date at all. A query that calls a function is not judged here: look into the function.",
    leave:
      "Where no role has VALID UNTIL; or where your package has the fix, as Debian's 1.18.0-1+deb12u1 has.",
    see: [poolerDocs("auth_query"), "https://www.pgbouncer.org/changelog.html#pgbouncer-124x"],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    for (const { place, query, user, isDefault } of authQueries(pooler))
      if (user !== null && /\bpg_(?:authid|shadow)\b/i.test(query) && !/valuntil|rolvaliduntil/i.test(query))
        yield {
          place,
          ...(isDefault && { confidence: "medium" }),
          message: isDefault
            ? `The default auth_query of PgBouncer ${poolerVersionText(pooler.version)} lets expired passwords in; ${isSince(pooler.version, "1.24") ? "1.24.1" : "a release from 1.24.1 on"} looks at rolvaliduntil.`
            : "auth_query does not look at rolvaliduntil, so that an expired password still opens PgBouncer.",
          setting: "auth_query",
          suggested:
            "SELECT rolname, CASE WHEN rolvaliduntil < pg_catalog.now() THEN NULL ELSE rolpassword END FROM pg_catalog.pg_authid WHERE rolname=$1 AND rolcanlogin",
          apply: "reload",
        };
  },
});
