import { defineRule } from "../../engine/rule.ts";
import { lackingClasses } from "../support/pgaudit.ts";

export default defineRule({
  id: "logging/pgaudit-classes-stig",
  title: "pgaudit.log lacks classes that STIG asks for",
  severity: "warning",
  controls: ["E20", "STIG V-233512", "STIG V-233551"],
  profiles: ["stig"],
  docs: () => ({
    why: "pgaudit logs only the classes of statements that pgaudit.log names. What is not named is not in the audit log, and that is noticed when the auditor asks for it.",
    fix: "`pgaudit.log = 'ddl, read, role, write'`.",
    traps:
      "Follows STIG. The class read logs every query, as much as log_statement = all does; CIS is content with ddl and write.",
    leave: "Where ALTER ROLE or ALTER DATABASE sets pgaudit.log, or pgaudit.role audits chosen tables.",
    see: ["https://github.com/pgaudit/pgaudit"],
  }),
  check: ({ conf }) => lackingClasses(conf, ["ddl", "read", "role", "write"], "STIG"),
});
