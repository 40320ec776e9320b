import { defineRule } from "../../engine/rule.ts";
import { namePlace, pairOf } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/fallback-database",
  title: "the fallback database * passes every name on to the server",
  severity: "info",
  controls: ["T43", "pgbouncer/F-fallback"],
  docs: () => ({
    why: "Any database of the server can be reached through the pooler, also postgres and template1, and each name that a client makes up gets a pool of its own: how many connections there may be is no longer in the file.",
    fix: "List the databases that clients use; with max_user_connections or max_db_connections the total stays bounded.",
    traps:
      "PgBouncer does not look at the entry before a client names an unknown database; a mistake in it comes out then. SHOW DATABASES does not list it.",
    leave:
      "Where databases come and go, such as one for each tenant, and the roles' CONNECT rights are the fence.",
    see: [poolerDocs("section-databases"), poolerDocs("autodb_idle_timeout")],
  }),
  *check({ pooler }) {
    const target = pooler?.databases.get("*");
    if (!target) return;
    const host = pairOf(target, "host");
    const database = pairOf(target, "dbname");
    yield {
      place: namePlace(target),
      message: database
        ? `Whatever database a client names, * leads it to ${database.value} and gives each name a pool of its own.`
        : `* lets clients name any database of ${host ? `the server ${host.value}` : "the server"}, also postgres and template1.`,
    };
  },
});
