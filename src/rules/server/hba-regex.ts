import { defineRule } from "../../engine/rule.ts";
import { wrongRecord } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/hba-regex",
  title: "a regular expression for databases, users or system users does not compile",
  severity: "error",
  controls: ["A15", "A18"],
  docs: () => ({
    why: "From 16 on a database or user that starts with a slash is a regular expression; in pg_ident.conf the system user always could be one. One that does not compile makes the server refuse the whole pg_hba.conf, or start without any user map.",
    fix: "Correct the expression. They are PostgreSQL's own, searched anywhere in the name: `/^app_\\\\d+$` wants both anchors.",
    traps:
      "Quotes do not keep a slash from being special. A comma inside an expression ends it unless the whole is quoted.",
    see: [pgDocs("auth-pg-hba-conf"), pgDocs("functions-matching", "POSIX-SYNTAX-DETAILS")],
  }),
  *check({ problems }) {
    for (const problem of [...problems("hba/regex"), ...problems("ident/regex")])
      yield wrongRecord(
        problem,
        `The expression ${problem.token?.text} does not compile: ${reason(problem.server.message)}.`,
      );
  },
});

const reason = (message: string) => message.slice(message.lastIndexOf('": ') + 3);
