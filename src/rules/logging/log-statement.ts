import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/log-statement",
  title: "every statement, or every change, is written to the log",
  severity: "warning",
  controls: ["P03"],
  profiles: ["default", "strict"],
  docs: () => ({
    why: "log_statement = all doubles what a busy server writes, fills the disk of the log, and puts every literal, personal data and passwords among them, where many people read. It does not even say how long anything took.",
    fix: "`log_statement = ddl` for the record of schema changes, `log_min_duration_statement` for slow statements, pg_stat_statements for the load, pgaudit where access must be proved.",
    traps:
      "The line is written before the statement runs, so that failed and rolled back statements look like the others. CIS and Prowler want ddl or more; postgresqltuner warns about mod and all, as we do.",
    leave: "Where a regulation asks for it and pgaudit cannot be had; while a problem is hunted.",
    see: [settingDocs("logging", "log_statement")],
  }),
  *check({ conf }) {
    const statements = conf?.known("log_statement");
    const every = EVERY[String(statements?.value)];
    if (!conf || !statements || !every) return;
    const message = `log_statement = ${statements.base} writes ${every} to the log, with all its literals.`;
    yield changeTo(conf, statements, "ddl", message);
  },
});

const EVERY: Readonly<Record<string, string>> = {
  all: "every statement",
  mod: "every INSERT, UPDATE, DELETE and COPY",
};
