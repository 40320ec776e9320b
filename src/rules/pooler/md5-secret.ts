import { defineRule } from "../../engine/rule.ts";
import { clientMethods, serverLogins } from "../support/pooler-pools.ts";
import { some } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/md5-secret",
  title: "an MD5 hash in the userlist where clients must log in with SCRAM",
  severity: "warning",
  controls: ["T10", "pgbouncer/scram-needs-secret"],
  docs: () => ({
    why: "SCRAM cannot be done from an MD5 hash: the user is turned away with a wrong password, however right it is. Neither can PgBouncer log in with it where PostgreSQL asks for SCRAM.",
    fix: "Set the password again under password_encryption = scram-sha-256 and put the secret of pg_authid.rolpassword into the userlist.",
    traps:
      "auth_type = md5 takes both kinds of secrets, each by its own method, while users are changed over.",
    leave: "Never: such a user cannot log in.",
    see: [poolerDocs("auth_type"), poolerDocs("authentication-file-format")],
  }),
  *check({ pooler, poolerAccess }) {
    const list = poolerAccess?.userlist;
    if (!pooler || !list) return;
    const methods = clientMethods(pooler, poolerAccess);
    if (!methods.includes("scram-sha-256") || methods.some((method) => method !== "scram-sha-256")) return;
    const own = serverLogins(pooler);
    const stuck = list.entries.filter(({ user, secret }) => secret === "md5" && !own.has(user));
    const [first, ...rest] = stuck;
    if (!first) return;
    const users = stuck.map(({ user }) => user);
    yield {
      place: { source: list.source, span: first.secretSpan },
      message: `${some(users)} cannot log in: clients must use scram-sha-256, and the userlist has MD5 hashes of ${users.length > 1 ? "them" : "this user"}.`,
      related: rest
        .slice(0, 5)
        .map(({ secretSpan }) => ({ place: { source: list.source, span: secretSpan }, message: "another" })),
    };
  },
});
