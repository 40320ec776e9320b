import { defineRule } from "../../engine/rule.ts";
import { clientMethods, databasesOf, serverLogins } from "../support/pooler-pools.ts";
import { pairOf, pairPlace, some } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const HANDS_ON = ["scram-sha-256", "md5", "plain"];

export default defineRule({
  id: "pooler/scram-secret-to-server",
  title: "PgBouncer cannot log in to the server with the SCRAM secret that it has",
  severity: "warning",
  controls: ["T11", "pgbouncer/scram-needs-secret"],
  docs: () => ({
    why: "A SCRAM secret is enough to check a client, but not to log in with. PgBouncer can use one on the server only with the keys that the same user, as a client, has just proved by SCRAM. Where it logs in as another user (user= of a database, auth_user), or clients prove nothing, the server turns it away and clients see `server login failed: wrong password type`.",
    fix: "Give this role's password in clear text, in an auth_file that only PgBouncer can read; or let PgBouncer in by certificate, with server_tls_cert_file.",
    traps:
      "The secret in the userlist must be the very same as in pg_authid; one of the same password with another salt does not do.",
    leave: "Where the server asks PgBouncer for no password: peer, trust or cert in its pg_hba.conf.",
    see: [
      poolerDocs("authentication-file-format"),
      "https://github.com/pgbouncer/pgbouncer/blob/master/src/proto.c",
    ],
  }),
  *check({ pooler, poolerAccess }) {
    if (!pooler) return;
    for (const { name, target } of databasesOf(pooler)) {
      const password = pairOf(target, "password");
      if (password?.value.startsWith("SCRAM-SHA-256$") && pairOf(target, "user"))
        yield {
          place: pairPlace(target, password),
          message: `The password of ${name} is a SCRAM secret, with which PgBouncer cannot log in; it takes the password itself.`,
          confidence: "medium",
        };
    }
    const list = poolerAccess?.userlist;
    if (!list) return;
    const own = serverLogins(pooler);
    const secrets = list.entries.filter(({ secret }) => secret === "scram");
    for (const { user, secretSpan } of secrets.filter((entry) => own.has(entry.user)))
      yield {
        place: { source: list.source, span: secretSpan },
        message: `PgBouncer itself logs in to the server as ${user}, and cannot do so with a SCRAM secret; it takes the password itself.`,
        confidence: "medium",
      };
    const methods = clientMethods(pooler, poolerAccess);
    const [first] = secrets.filter(({ user }) => !own.has(user));
    if (!first || methods.length === 0 || methods.some((method) => HANDS_ON.includes(method))) return;
    yield {
      place: { source: list.source, span: first.secretSpan },
      message: `Clients log in by ${some(methods)}, which gives PgBouncer no keys to use ${first.user}'s SCRAM secret on the server.`,
      confidence: "medium",
    };
  },
});
