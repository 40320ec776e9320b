import { defineRule } from "../../engine/rule.ts";
import { wrongRecord } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/ident-record",
  title: "a record of pg_ident.conf that does not parse",
  severity: "error",
  controls: ["A18"],
  docs: () => ({
    why: "One wrong record and the server starts with no user map at all, so that every login with `map=` fails; after a reload it keeps the old maps. It says so only in its log.",
    fix: "Write MAP SYSTEM-USER DATABASE-USER, one name each.",
    traps:
      "What stands behind the third field is not looked at, also when it was meant as a second database user.",
    see: [pgDocs("auth-username-maps")],
  }),
  *check({ problems }) {
    for (const problem of problems("ident/record"))
      yield wrongRecord(
        problem,
        problem.token
          ? `A field has one name here, not a list; write another record for "${problem.token.text}".`
          : "A record has three fields: the map, the system's user, the database's user.",
      );
  },
});
