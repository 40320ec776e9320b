import { defineRule } from "../../engine/rule.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/user-namespace",
  title: "user names of one database, which 17 does not have any more",
  severity: "warning",
  versions: { postgres: "<17" },
  controls: ["D08"],
  docs: () => ({
    why: "db_user_namespace makes `joe` log in as `joe@database`, and a pg_hba.conf with an md5 line is refused together with it, as the hash has the user's name in it. It was meant to be for a while only; 17 does not know it and refuses to start.",
    fix: "Drop the line, rename the roles, and give CONNECT on a database to those that may use it.",
    traps: "Common users must log in as `joe@`, with the sign at the end; that stops with the setting.",
    leave: "Until the upgrade to 17.",
    see: ["https://www.postgresql.org/docs/16/runtime-config-connection.html#GUC-DB-USER-NAMESPACE"],
  }),
  *check({ conf }) {
    const namespace = writtenIn(conf, "db_user_namespace");
    if (namespace?.value === true)
      yield unwiseFor(
        namespace,
        "off",
        "db_user_namespace = on does not go with md5 in pg_hba.conf, and PostgreSQL 17 does not start with it.",
      );
  },
});
