import { defineRule } from "../../engine/rule.ts";
import { absentFrom, related, valuePlace } from "../support/conf.ts";
import { librariesIn } from "../support/logging.ts";
import { auditedClasses } from "../support/pgaudit.ts";

export default defineRule({
  id: "logging/pgaudit-silent",
  title: "pgaudit is loaded and audits nothing",
  severity: "warning",
  controls: ["U12", "E20", "CIS 3.2"],
  docs: () => ({
    why: "pgaudit.log is none unless somebody sets it. The library is there, the checklist is ticked, and the audit log stays empty until somebody needs it.",
    fix: "`pgaudit.log = 'ddl, role'`, with write and read as far as the log can take them; or pgaudit.role with grants for the tables that matter.",
    leave: "Where ALTER ROLE or ALTER DATABASE sets pgaudit.log for those that are audited.",
    see: ["https://github.com/pgaudit/pgaudit"],
  }),
  *check({ conf }) {
    const libraries = conf?.known("shared_preload_libraries");
    if (!conf || !libraries || !librariesIn(conf, "shared_preload_libraries").includes("pgaudit")) return;
    const line = conf.placeholders.get("pgaudit.log");
    if (auditedClasses(conf)?.size || conf.placeholders.get("pgaudit.role")?.value) return;
    if (!line && !conf.whole) return;
    yield {
      place: line ? valuePlace(line.item) : absentFrom(conf),
      message: `shared_preload_libraries loads pgaudit, and pgaudit.log is ${line?.value || "not set"}: nothing is audited, unless a role or a database sets it.`,
      setting: "pgaudit.log",
      current: line?.value ?? "none",
      suggested: "'ddl, role'",
      apply: "reload",
      confidence: "medium",
      related: related(libraries, "loads pgaudit"),
    };
  },
});
