import { defineRule } from "../../engine/rule.ts";
import { valuePlace, written } from "../support/conf.ts";
import { auditedClasses } from "../support/pgaudit.ts";

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
  *check({ conf }) {
    const classes = conf && auditedClasses(conf);
    const line = conf?.placeholders.get("pgaudit.log");
    if (!classes?.size || !line) return;
    const missing = WANTED.filter((name) => !classes.has(name));
    if (missing.length === 0) return;
    yield {
      place: valuePlace(line.item),
      message: `pgaudit.log = ${line.value} lacks ${missing.join(", ")}, which STIG asks for.`,
      setting: "pgaudit.log",
      current: line.value,
      suggested: written([...classes, ...missing].join(", ")),
      apply: "reload",
    };
  },
});

const WANTED = ["ddl", "read", "role", "write"];
