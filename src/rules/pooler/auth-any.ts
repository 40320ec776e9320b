import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, known, listOf, some, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/auth-any",
  title: "auth_type = any lets every client in as anybody",
  severity: "error",
  controls: ["T01", "pgbouncer/auth-any"],
  docs: () => ({
    why: "Nobody is asked for a password, and the name that a client gives is not looked at: it works as the role that the database forces with user=. Who calls himself by a name of admin_users is on the console and can shut PgBouncer down.",
    fix: "Write auth_type = scram-sha-256, with the users in auth_file or found by auth_query; or auth_type = hba with rules of your own.",
    traps:
      "A database without user= cannot be used at all then. PgBouncer's manual says that everybody administers the console; in fact only the names of admin_users do, the others may look.",
    leave:
      "On a throw-away machine whose PgBouncer listens on a Unix socket that only you can open, with admin_users empty.",
    see: [
      poolerDocs("auth_type"),
      "https://github.com/pgbouncer/pgbouncer/blob/master/src/client.c",
      "https://github.com/pgbouncer/pgbouncer/blob/master/src/admin.c",
    ],
  }),
  *check({ pooler }) {
    if (!pooler || word(pooler, "auth_type") !== "any") return;
    const admins = listOf(known(pooler, "admin_users") ?? "");
    const unusable = databasesOf(pooler)
      .filter(({ forcedUser }) => forcedUser === null)
      .map(({ name }) => name);
    yield {
      ...about(pooler, "auth_type", "scram-sha-256"),
      message: `auth_type = any asks no client for a password${
        admins.length > 0 ? `, nor one who says that he is ${admins[0]} and so administers PgBouncer` : ""
      }${unusable.length > 0 ? `; logins to ${some(unusable)} fail, for want of user=` : ""}.`,
    };
  },
});
