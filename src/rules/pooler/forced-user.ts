import { defineRule } from "../../engine/rule.ts";
import { pairOf, pairPlace } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/forced-user",
  title: "all clients of a database work as one role",
  severity: "info",
  controls: ["pgbouncer/forced-user"],
  profiles: ["strict"],
  docs: () => ({
    why: "With user= the name that a client logs in with ends at PgBouncer. The server's log, its rights and row security know only the one role.",
    fix: "Leave user= out, so that each client works as itself and has a pool of its own.",
    traps:
      "PgBouncer keeps a user= that was taken out until it is restarted; a RELOAD says so in the log and goes on.",
    leave: "Where one pool for all is the point: it keeps the number of server connections down.",
    see: [poolerDocs("user_1"), poolerDocs("section-databases")],
  }),
  *check({ pooler }) {
    for (const target of pooler?.databases.values() ?? []) {
      const user = pairOf(target, "user");
      if (user)
        yield {
          place: pairPlace(target, user),
          message: `Whoever logs in to ${target.name} works as ${user.value} on the server.`,
        };
    }
  },
});
