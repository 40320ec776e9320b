import type { Pooler } from "../../cluster/pooler.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, isWhole, pairOf, pairPlace, relatedTo, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/unused-auth-setting",
  title: "a setting of the login that this auth_type does not use",
  severity: "info",
  controls: ["T05", "pgbouncer/auth-hba-file-missing", "pgbouncer/auth-ldap"],
  docs: () => ({
    why: "auth_hba_file is read with auth_type = hba alone: under another type its reject lines protect nothing, and PgBouncer does not say so. auth_query is asked only where there is an auth_user.",
    fix: "Write auth_type = hba, or take the setting out.",
    traps: "With auth_type = pam an auth_user= of a database makes every login there fail.",
    leave: "While you change from one to the other.",
    see: [poolerDocs("auth_hba_file"), poolerDocs("auth_query"), poolerDocs("auth_type")],
  }),
  *check({ pooler }) {
    const type = pooler && word(pooler, "auth_type");
    if (!pooler || type === undefined || !isWhole(pooler)) return;
    const set = (name: string) => (pooler.settings.get(name)?.text ?? "") !== "";
    const related = relatedTo(pooler, "auth_type", `auth_type = ${type}`);
    for (const name of ["auth_hba_file", "auth_ident_file"])
      if (set(name) && type !== "hba")
        yield {
          ...about(pooler, name),
          ...(name === "auth_hba_file" && { severity: "warning" }),
          message: `${name} is read with auth_type = hba only; auth_type is ${type}, so that its lines let nobody in and keep nobody out.`,
          related,
        };
    if (set("auth_ldap_options") && type !== "ldap" && type !== "hba")
      yield {
        ...about(pooler, "auth_ldap_options"),
        message: `auth_ldap_options is for auth_type = ldap; auth_type is ${type}.`,
        related,
      };
    const asks = databasesOf(pooler).some(({ authUser }) => authUser !== null) || set("auth_user");
    for (const name of ["auth_query", "auth_dbname"])
      if (set(name) && !asks)
        yield {
          ...about(pooler, name),
          message: `${name} is used only with an auth_user, and there is none.`,
        };
    if (type === "pam") yield* pamWithUser(pooler);
  },
});

/** PgBouncer looks at the database's own auth_user only; the global one is of no use to PAM. */
function* pamWithUser(pooler: Pooler): Generator<Draft> {
  const related = relatedTo(pooler, "auth_type", "auth_type = pam");
  for (const target of pooler.databases.values()) {
    const pair = pairOf(target, "auth_user");
    if (pair)
      yield {
        place: pairPlace(target, pair),
        severity: "error",
        message: `auth_user=${pair.value} of ${target.name} makes every login there fail: PAM cannot be used together with it.`,
        related,
      };
  }
}
