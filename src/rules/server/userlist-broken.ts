import { defineRule } from "../../engine/rule.ts";
import { firstLine } from "../support/hba.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/userlist-broken",
  title: "userlist.txt ends for PgBouncer where it does not parse",
  severity: "error",
  controls: ["T07", "T12", "pgbouncer/userlist"],
  docs: () => ({
    why: "PgBouncer stops at the first line that it cannot read, logs a line and starts: the users above can log in, all others cannot.",
    fix: 'Write `"user" "password"`, both in double quotes, with a quote inside doubled. A comment starts with `;`.',
    traps:
      "`#` is no comment here. A user without a password on its line takes the next quoted text for one, which is the next line's user.",
    see: [poolerDocs("authentication-file-format")],
  }),
  *check({ problems }) {
    for (const { place, reason, server } of problems("userlist/broken"))
      yield { place: firstLine(place), message: SAYS[reason], server };
  },
});

const SAYS = {
  "no-quote": "A user stands in double quotes, and a comment starts with ;. Nothing from here on is read.",
  unfinished: "The user or the password is missing or not closed. Nothing from here on is read.",
  "too-long": "The user or the password is longer than PgBouncer takes. Nothing from here on is read.",
};
