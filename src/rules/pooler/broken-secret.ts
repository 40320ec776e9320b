import { defineRule } from "../../engine/rule.ts";
import { isBroken } from "../support/pooler-secrets.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/broken-secret",
  title: "a hash in the userlist that PgBouncer takes for a password",
  severity: "warning",
  controls: ["T12", "pgbouncer/userlist"],
  docs: () => ({
    why: "What is not exactly `md5` and 32 small hexadecimal digits, or a whole SCRAM-SHA-256 secret, is a password in clear text to PgBouncer. The user is turned away with the right password, and whoever has read the file gets in with the hash.",
    fix: "Copy rolpassword of pg_authid again, in full; a shell eats the $ signs of a SCRAM secret that is not in single quotes.",
    leave: "Where a password really looks like that.",
    see: [
      poolerDocs("authentication-file-format"),
      "https://github.com/pgbouncer/pgbouncer/blob/master/src/util.c",
    ],
  }),
  *check({ poolerAccess }) {
    const list = poolerAccess?.userlist;
    if (!list) return;
    for (const entry of list.entries)
      if (isBroken(list, entry))
        yield {
          place: { source: list.source, span: entry.secretSpan },
          message: `The secret of ${entry.user} looks like a hash and is not a whole one, so that PgBouncer takes it for the password itself.`,
        };
  },
});
