import { isSince } from "../../catalog/pooler-version.ts";
import { defineRule } from "../../engine/rule.ts";
import { authQueries } from "../support/pooler-queries.ts";
import { about, listOf, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/search-path-injection",
  title: "clients can have SQL run before they log in (CVE-2025-12819)",
  severity: "error",
  controls: ["T24", "pgbouncer/search-path-cve"],
  versions: { pgbouncer: ">=1.20" },
  docs: () => ({
    why: "Before 1.25.1 the search_path of a client that is not logged in yet reaches the connection on which PgBouncer looks it up. Names without a schema in auth_query then lead to the client's own functions, which run as auth_user.",
    fix: "Upgrade to 1.25.1, or take search_path out of track_extra_parameters; and write pg_catalog. before every name in auth_query.",
    traps: "The default auth_query has names without a schema before 1.25.1.",
    leave: "Where your package has the fix.",
    see: [poolerDocs("track_extra_parameters"), "https://www.pgbouncer.org/changelog.html#pgbouncer-125x"],
  }),
  *check({ pooler }) {
    if (!pooler || isSince(pooler.version, "1.25.1")) return;
    const tracked = listOf(pooler.settings.get("track_extra_parameters")?.text ?? "");
    if (!tracked.some((name) => name.toLowerCase() === "search_path")) return;
    const asked = authQueries(pooler).find(({ user }) => user !== null);
    if (asked)
      yield {
        ...about(pooler, "track_extra_parameters"),
        suggested: tracked.filter((name) => name.toLowerCase() !== "search_path").join(", "),
        message: `A client that is not logged in yet sets the search_path under which ${asked.user} runs auth_query (CVE-2025-12819); 1.25.1 mends it.`,
        related: relatedTo(pooler, "auth_user", "who runs it"),
      };
  },
});
