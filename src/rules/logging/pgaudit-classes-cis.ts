import { defineRule } from "../../engine/rule.ts";
import { lackingClasses } from "../support/pgaudit.ts";

export default defineRule({
  id: "logging/pgaudit-classes-cis",
  title: "pgaudit.log lacks classes that CIS asks for",
  severity: "warning",
  controls: ["E20", "CIS 3.2"],
  profiles: ["cis"],
  docs: () => ({
    why: "pgaudit logs only the classes of statements that pgaudit.log names. What is not named is not in the audit log, and that is noticed when the auditor asks for it.",
    fix: "`pgaudit.log = 'ddl, write'`.",
    traps: "Follows CIS 3.2. STIG asks for read and role as well: logging/pgaudit-classes-stig.",
    leave: "Where ALTER ROLE or ALTER DATABASE sets pgaudit.log, or pgaudit.role audits chosen tables.",
    see: ["https://github.com/pgaudit/pgaudit"],
  }),
  check: ({ conf }) => lackingClasses(conf, ["ddl", "write"], "CIS"),
});
