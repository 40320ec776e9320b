import { defineRule } from "../../engine/rule.ts";
import { clientMethods, serverLogins } from "../support/pooler-pools.ts";
import { some } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const BY_PASSWORD = ["md5", "scram-sha-256", "plain"];

export default defineRule({
  id: "pooler/userlist-empty-password",
  title: "a user with an empty password can never log in",
  severity: "warning",
  controls: ["T12", "pgbouncer/userlist"],
  docs: () => ({
    why: "PgBouncer turns an empty password away by every method that asks for one, and with the user in the file auth_query is not asked for another either.",
    fix: "Write the user's secret, or take the line out where auth_query is to find the user.",
    leave: "Where the user logs in by certificate or peer, and so needs none.",
    see: [
      poolerDocs("authentication-file-format"),
      "https://github.com/pgbouncer/pgbouncer/blob/master/src/client.c",
    ],
  }),
  *check({ pooler, poolerAccess }) {
    const list = poolerAccess?.userlist;
    if (!pooler || !list) return;
    const methods = clientMethods(pooler, poolerAccess);
    if (methods.length === 0 || methods.some((method) => !BY_PASSWORD.includes(method))) return;
    const own = serverLogins(pooler);
    for (const { user, secret, secretSpan } of list.entries)
      if (secret === "empty" && !own.has(user))
        yield {
          place: { source: list.source, span: secretSpan },
          message: `${user} has an empty password, which ${some(methods)} never accepts.`,
        };
  },
});
