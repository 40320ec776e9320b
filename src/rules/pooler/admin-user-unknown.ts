import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, listOf, some, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/admin-user-unknown",
  title: "a user of the console is not in the userlist",
  severity: "warning",
  controls: ["T20", "pgbouncer/admin-users"],
  docs: () => ({
    why: "Being named in admin_users or stats_users gives no password. The user cannot log in, which comes out when somebody needs PAUSE or the monitoring finds nothing.",
    fix: "Add the user to auth_file, or take the name out.",
    traps: "Quotes and a comment behind the value become part of the names.",
    leave: "Where the name logs in as the operating-system user, over the Unix socket.",
    see: [poolerDocs("admin_users"), poolerDocs("authentication-file-format")],
  }),
  *check({ pooler, poolerAccess }) {
    const list = poolerAccess?.userlist;
    if (!pooler || !list || list.error || list.entries.length === 0) return;
    const type = word(pooler, "auth_type");
    const byQuery =
      databasesOf(pooler).some(({ authUser }) => authUser !== null) || pooler.text("auth_user") !== "";
    if (byQuery || type === undefined || ["any", "pam", "ldap"].includes(type)) return;
    const users = new Set(list.entries.map(({ user }) => user));
    for (const name of ["admin_users", "stats_users"]) {
      const strangers = listOf(pooler.settings.get(name)?.text ?? "").filter((user) => !users.has(user));
      if (strangers.length > 0)
        yield {
          ...about(pooler, name),
          message: `${some(strangers)} of ${name} ${strangers.length > 1 ? "have" : "has"} no line in ${list.source.path} and cannot log in.`,
        };
    }
  },
});
