import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, relatedTo, word } from "../support/pooler-settings.ts";
import { pgDocs, poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/auth-md5",
  title: "clients of PgBouncer log in with MD5",
  severity: "info",
  controls: ["T04", "pgbouncer/auth-md5"],
  docs: () => ({
    why: "Who has read an MD5 hash can log in with it, without knowing the password, and what he records of a login he can crack in hours. PostgreSQL 18 warns of MD5 passwords, and a later release will drop them.",
    fix: "Set the passwords again under password_encryption = scram-sha-256, copy the secrets from pg_authid, and write auth_type = scram-sha-256.",
    traps:
      "md5 is the default. A user with a SCRAM secret logs in with SCRAM under md5 as well, so that one can change over user by user.",
    leave: "As long as a client that cannot do SCRAM must get in.",
    see: [poolerDocs("auth_type"), pgDocs("auth-password")],
  }),
  *check({ pooler, poolerAccess }) {
    if (!pooler || word(pooler, "auth_type") !== "md5") return;
    const list = poolerAccess?.userlist;
    const byQuery = databasesOf(pooler).some(({ authUser }) => authUser !== null);
    if (list && !byQuery && list.entries.every(({ secret }) => secret === "scram") && list.entries.length > 0)
      return;
    const isSet = pooler.settings.has("auth_type");
    yield {
      ...about(pooler, "auth_type", "scram-sha-256"),
      message: `auth_type ${isSet ? "= md5" : "is not set, which is md5"}: clients log in with MD5 unless their secret is a SCRAM one; write scram-sha-256 once all are.`,
      related: relatedTo(pooler, "auth_file", "where the secrets are"),
    };
  },
});
