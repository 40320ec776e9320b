import { defineRule } from "../../engine/rule.ts";
import { about, listOf } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/tracked-parameters",
  title: "a parameter that PgBouncer cannot track",
  severity: "info",
  controls: ["pgbouncer/track-extra"],
  versions: { pgbouncer: ">=1.20" },
  docs: () => ({
    why: "PgBouncer learns a parameter's value from the server's reports, and PostgreSQL reports few: a parameter that it does not report stays on the connection and reaches other clients.",
    fix: "Set it for the role instead, with ALTER ROLE … SET, or with SET LOCAL in the transaction.",
    traps:
      "search_path is reported by PostgreSQL 18 and later, and by Citus. application_name, client_encoding, DateStyle, TimeZone and standard_conforming_strings are tracked anyway.",
    leave: "Where an extension has the server report the parameter.",
    see: [poolerDocs("track_extra_parameters"), "https://www.postgresql.org/docs/current/protocol-flow.html"],
  }),
  *check({ pooler, target }) {
    const text = pooler?.settings.get("track_extra_parameters")?.text;
    if (!pooler || text === undefined) return;
    const names = listOf(text.toLowerCase());
    if (names.includes("options"))
      yield {
        ...about(pooler, "track_extra_parameters"),
        message: "track_extra_parameters has options, which is no parameter that a server reports.",
      };
    if (names.includes("search_path") && target.postgresFrom !== "default" && target.postgres.major < 18)
      yield {
        ...about(pooler, "track_extra_parameters"),
        message: `PostgreSQL ${target.postgres.major} does not report search_path, so that PgBouncer cannot track it; 18 does.`,
      };
  },
});
