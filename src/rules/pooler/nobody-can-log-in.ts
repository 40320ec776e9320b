import type { Pooler } from "../../cluster/pooler.ts";
import type { PoolerAccess } from "../../cluster/pooler-access.ts";
import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, isWhole, known, topOf, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const NEEDS_NO_LIST = ["any", "pam", "ldap"];

export default defineRule({
  id: "pooler/nobody-can-log-in",
  title: "PgBouncer has no users, so that nobody can log in",
  severity: "error",
  controls: ["T05", "T07", "pgbouncer/auth-hba-file-missing", "pgbouncer/auth-file-missing"],
  docs: () => ({
    why: "PgBouncer starts, and turns every client away: without auth_file and auth_user it knows no user, and auth_type = hba without auth_hba_file has no line that lets anyone in.",
    fix: "Write auth_file = /etc/pgbouncer/userlist.txt. Where users are to be looked up in the database, name auth_user as well, with its password in that file.",
    traps:
      "trust, cert and peer want the user in auth_file too. Only any, pam and ldap do without. A missing file is an ERROR in the log, not a refusal to start.",
    leave: "Where something adds auth_file later, such as an entrypoint that writes it into the file.",
    see: [poolerDocs("auth_file"), poolerDocs("auth_query"), poolerDocs("auth_hba_file")],
  }),
  *check({ pooler, poolerAccess }) {
    const type = pooler && word(pooler, "auth_type");
    if (!pooler || type === undefined || !isWhole(pooler)) return;
    if (type === "hba" && known(pooler, "auth_hba_file") === "") {
      yield {
        ...about(pooler, "auth_type"),
        message: "auth_type = hba needs auth_hba_file; without it PgBouncer turns every client away.",
      };
      return;
    }
    const rules = poolerAccess?.hba;
    if (type === "hba" && rules?.lines.every(({ method }) => method === "reject")) {
      yield {
        ...about(pooler, "auth_hba_file"),
        message: `${rules.source.path} has no line that lets anyone in, so that PgBouncer turns every client away.`,
      };
      return;
    }
    if (!hasUsers(pooler, poolerAccess) && !NEEDS_NO_LIST.includes(type))
      yield {
        place: topOf(pooler),
        message: `There is neither auth_file nor auth_user, so that auth_type = ${type} knows no user and lets nobody in.`,
        setting: "auth_file",
        suggested: "/etc/pgbouncer/userlist.txt",
        apply: "reload",
      };
  },
});

function hasUsers(pooler: Pooler, access: PoolerAccess | undefined): boolean {
  return (
    known(pooler, "auth_file") !== "" ||
    databasesOf(pooler).some(({ authUser }) => authUser !== null) ||
    known(pooler, "auth_user") !== "" ||
    (access?.hba?.lines.some(({ method }) => NEEDS_NO_LIST.includes(method)) ?? false)
  );
}
