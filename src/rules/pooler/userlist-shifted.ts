import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/userlist-shifted",
  title: "a user without a password takes the next line's user for one",
  severity: "error",
  controls: ["T12", "pgbouncer/userlist"],
  docs: () => ({
    why: "PgBouncer looks for the next quote, over the end of the line. The user on a line of its own can then log in with the next user's name for a password, and the next user is gone.",
    fix: 'Write both on one line: `"user" "secret"`. A user who is only to be known, for cert or peer, has an empty one: `"user" ""`.',
    leave: "Never.",
    see: [
      poolerDocs("authentication-file-format"),
      "https://github.com/pgbouncer/pgbouncer/blob/master/src/loader.c",
    ],
  }),
  *check({ poolerAccess }) {
    const list = poolerAccess?.userlist;
    for (const { user, userSpan, secretSpan } of list?.entries ?? [])
      if (list?.source.text.slice(userSpan.end, secretSpan.start).includes("\n"))
        yield {
          place: { source: list.source, span: userSpan },
          message: `${user} has no password on its line, so that the first word of the next line is its password.`,
          related: [{ place: { source: list.source, span: secretSpan }, message: "taken for the password" }],
        };
  },
});
