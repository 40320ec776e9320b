import { defineRule } from "../../engine/rule.ts";
import { about, number } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/application-name-host",
  title: "the server cannot tell which client is behind a pooled connection",
  severity: "info",
  controls: ["pgbouncer/app-name-host"],
  profiles: ["strict"],
  docs: () => ({
    why: "pg_stat_activity and the server's log have PgBouncer's address for everybody. Who holds a lock has to be looked up in PgBouncer, while it lasts.",
    fix: "Write application_name_add_host = 1: the client's address goes into application_name.",
    traps: "It is written when the session starts; a SET application_name of the client replaces it.",
    leave: "Where applications set telling names of their own, or a report groups by application_name.",
    see: [poolerDocs("application_name_add_host")],
  }),
  *check({ pooler }) {
    if (pooler && number(pooler, "application_name_add_host") === 0)
      yield {
        ...about(pooler, "application_name_add_host", "1"),
        message:
          "application_name_add_host is 0, so that the server sees PgBouncer's address for every client.",
      };
  },
});
