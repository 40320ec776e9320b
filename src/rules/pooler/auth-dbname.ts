import { defineRule } from "../../engine/rule.ts";
import { about, pairOf, pairPlace } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/auth-dbname",
  title: "auth_dbname names a database that PgBouncer does not have",
  severity: "error",
  controls: ["T41", "pgbouncer/auth-dbname"],
  versions: { pgbouncer: ">=1.19" },
  docs: () => ({
    why: "The name is one of [databases], not of the server. If it is not there, and no `*` stands in for it, every user who must be looked up is turned away with a bouncer config error.",
    fix: "Add the database to [databases], or name one that is there.",
    traps:
      "pgbouncer, the console, cannot be it: since 1.20 not in [pgbouncer], and in [databases] the login fails.",
    leave: "Where something else adds the database to the file.",
    see: [poolerDocs("auth_dbname")],
  }),
  *check({ pooler }) {
    if (!pooler || pooler.databases.size === 0) return;
    const isThere = (name: string) =>
      name !== "pgbouncer" && (pooler.databases.has(name) || pooler.databases.has("*"));
    const names = pooler.databases.keys();
    const global = pooler.settings.get("auth_dbname")?.text;
    if (global && !isThere(global))
      yield {
        ...about(pooler, "auth_dbname"),
        message: `auth_dbname = ${global} is not in [databases], which has ${[...names].slice(0, 5).join(", ")}.`,
      };
    for (const target of pooler.databases.values()) {
      const pair = pairOf(target, "auth_dbname");
      if (pair && !isThere(pair.value))
        yield {
          place: pairPlace(target, pair),
          message:
            pair.value === "pgbouncer"
              ? `auth_dbname=pgbouncer of ${target.name} is PgBouncer's console, which looks nobody up.`
              : `auth_dbname=${pair.value} of ${target.name} is not in [databases].`,
          current: pair.value,
        };
    }
  },
});
