import { defineRule } from "../../engine/rule.ts";
import { isWhole, topOf } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/no-database",
  title: "PgBouncer has no database",
  severity: "info",
  controls: ["pgbouncer/F-no-database"],
  docs: () => ({
    why: "PgBouncer starts, and tells every client that there is no such database; only the console answers.",
    fix: "Add an entry to [databases], such as shop = host=10.0.0.5 dbname=shop.",
    leave: "Where the file is a template, and something else writes the databases into it.",
    see: [poolerDocs("section-databases")],
  }),
  *check({ pooler }) {
    if (pooler && isWhole(pooler) && pooler.databases.size === 0)
      yield {
        place: topOf(pooler),
        message: "[databases] has no entry, so that clients reach nothing but PgBouncer's console.",
      };
  },
});
