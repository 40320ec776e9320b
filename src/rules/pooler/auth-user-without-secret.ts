import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { known, lineOf, pairOf, pairPlace, topOf } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/auth-user-without-secret",
  title: "auth_user is not in the userlist",
  severity: "warning",
  controls: ["pgbouncer/auth-user-missing-in-userlist"],
  docs: () => ({
    why: "PgBouncer logs in as auth_user to look the others up, and takes its password from auth_file. Without a line there it offers an empty one, and the lookup of every user fails.",
    fix: "Put the role into auth_file, with its password.",
    leave: "Where the server lets PgBouncer in without a password, by peer, trust or certificate.",
    see: [poolerDocs("auth_user")],
  }),
  *check({ pooler, poolerAccess }) {
    const list = poolerAccess?.userlist;
    // An empty list is mostly the one of a package, and not the one that PgBouncer will have.
    if (!pooler || !list || list.error || list.entries.length === 0) return;
    const users = new Set(list.entries.map(({ user }) => user));
    const asking = new Map(
      databasesOf(pooler).flatMap(({ target }) => {
        const pair = pairOf(target, "auth_user");
        return pair ? [[pair.value, pairPlace(target, pair)] as const] : [];
      }),
    );
    const global = known(pooler, "auth_user");
    if (global) asking.set(global, lineOf(pooler, "auth_user") ?? topOf(pooler));
    for (const [user, place] of asking)
      if (!users.has(user))
        yield {
          place,
          confidence: "medium",
          message: `auth_user = ${user} has no line in ${list.source.path}, so that PgBouncer has no password to look users up with.`,
          setting: "auth_user",
          current: user,
        };
  },
});
