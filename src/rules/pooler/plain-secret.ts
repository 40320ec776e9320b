import { defineRule } from "../../engine/rule.ts";
import { serverLogins } from "../support/pooler-pools.ts";
import { isBroken } from "../support/pooler-secrets.ts";
import { some } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/plain-secret",
  title: "passwords in clear text in the userlist",
  severity: "warning",
  controls: ["T09"],
  docs: () => ({
    why: "Who reads the file, a backup of it or the repository that it lies in has the passwords. A SCRAM secret in their place serves for clients as well.",
    fix: "Copy rolpassword of pg_authid, which starts with SCRAM-SHA-256$, into the second field; or keep nobody but auth_user in the file and let auth_query find the rest.",
    traps:
      "The roles that PgBouncer itself logs in with (auth_user, user= of a database) do need their passwords in clear text where the server asks for SCRAM; they are not counted here.",
    leave:
      "Where clients prove themselves by certificate or peer, and the server asks PgBouncer for their passwords.",
    see: [poolerDocs("authentication-file-format")],
  }),
  *check({ pooler, poolerAccess }) {
    const list = poolerAccess?.userlist;
    if (!pooler || !list) return;
    const own = serverLogins(pooler);
    const plain = list.entries.filter(
      (entry) => entry.secret === "plain" && !own.has(entry.user) && !isBroken(list, entry),
    );
    const [first, ...rest] = plain;
    if (!first) return;
    yield {
      place: { source: list.source, span: first.secretSpan },
      message: `The userlist has the password${plain.length > 1 ? "s" : ""} of ${some(plain.map(({ user }) => user))} in clear text; a SCRAM secret serves as well.`,
      related: rest
        .slice(0, 5)
        .map(({ secretSpan }) => ({ place: { source: list.source, span: secretSpan }, message: "another" })),
    };
  },
});
