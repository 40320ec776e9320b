import { defineRule } from "../../engine/rule.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/hba-no-entries",
  title: "pg_hba.conf has no entry",
  severity: "error",
  controls: ["A15"],
  docs: () => ({
    why: "A pg_hba.conf without a single record would let nobody in, and the server does not start with it.",
    fix: "Write at least one record, such as `local all postgres peer`. To keep everybody out write `reject` records.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check({ problems }) {
    for (const { place, server } of problems("hba/no-entries"))
      yield { place, message: "There is no record in this file; the server does not start with it.", server };
  },
});
