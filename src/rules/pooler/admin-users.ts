import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, known, listOf, pairOf, pairPlace, some } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/admin-users",
  title: "an application's role administers PgBouncer",
  severity: "warning",
  controls: ["T20", "pgbouncer/admin-users"],
  docs: () => ({
    why: "A name of admin_users may PAUSE, KILL and SHUTDOWN on the console. Where it is the role that an application uses, whoever has the application's password stops every database behind this PgBouncer.",
    fix: "Keep a role of its own for the console; stats_users is enough for monitoring.",
    traps:
      "The list is parted by commas and blanks, without quotes. The operating-system user that PgBouncer runs as is an administrator over the Unix socket anyhow, as user pgbouncer.",
    leave: "On a developer's machine.",
    see: [poolerDocs("admin_users"), poolerDocs("stats_users")],
  }),
  *check({ pooler }) {
    const admins = listOf((pooler && known(pooler, "admin_users")) ?? "");
    if (!pooler || admins.length === 0) return;
    const shared = databasesOf(pooler).filter(
      ({ forcedUser }) => forcedUser !== null && admins.includes(forcedUser),
    );
    const [first] = shared;
    const pair = first && pairOf(first.target, "user");
    if (first && pair)
      yield {
        ...about(pooler, "admin_users"),
        message: `${some([...new Set(shared.map(({ forcedUser }) => forcedUser ?? ""))])}, the role that applications work as, is in admin_users and so may shut PgBouncer down.`,
        related: [{ place: pairPlace(first.target, pair), message: `what clients of ${first.name} work as` }],
      };
  },
});
