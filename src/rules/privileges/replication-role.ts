import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/replication-role",
  title: "triggers and foreign keys are off for everybody",
  severity: "error",
  controls: ["F07"],
  docs: () => ({
    why: "With `session_replication_role = replica` no ordinary trigger runs, and foreign keys are triggers: rows come in that point at nothing, deletes leave orphans, audit tables stay empty. No error tells; it shows in reports weeks later, and the data cannot be put right by switching it back.",
    fix: "Drop the line; the default is origin. A load that needs it sets it for its own session.",
    traps:
      "`local` runs the same triggers as origin. Afterwards ALTER TABLE … VALIDATE CONSTRAINT does not find the bad rows: to the server the constraint is valid.",
    leave:
      "On a server that does nothing but receive changes from a replication tool, and that nobody else writes to.",
    see: [
      settingDocs("client", "session_replication_role"),
      "https://www.postgresql.org/docs/current/sql-altertable.html",
    ],
  }),
  *check({ conf }) {
    const role = writtenIn(conf, "session_replication_role");
    if (role?.value === "replica")
      yield unwiseFor(
        role,
        "origin",
        "session_replication_role = replica switches triggers and foreign keys off in every session.",
      );
  },
});
