import { defineRule } from "../../engine/rule.ts";
import { wrongRecord } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/hba-list",
  title: "a list where one value is wanted",
  severity: "error",
  controls: ["A15"],
  docs: () => ({
    why: "Only databases and users may be lists. A second type, address, netmask or method behind a comma makes the server refuse the whole file.",
    fix: "Write a record for each.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check({ problems }) {
    for (const problem of problems("hba/list")) {
      const what = problem.server.message.replace(/^multiple values specified for /, "");
      yield wrongRecord(
        problem,
        `A record has one ${what}; write another record for "${problem.token?.text}".`,
      );
    }
  },
});
