import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { preloadedIn } from "../support/logging.ts";
import { auditedClasses } from "../support/pgaudit.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/ddl",
  title: "changes of the schema are not logged",
  severity: "info",
  controls: ["E18", "CIS 3.1.25"],
  profiles: ["strict", "cis"],
  docs: () => ({
    why: "When a column or an index is gone, the first question is who dropped it and when. Neither the catalogs nor the default log know.",
    fix: "`log_statement = ddl`.",
    traps:
      "The password of `CREATE ROLE … PASSWORD` stands in the log then; `\\password` of psql sends a hash instead. Follows CIS 3.1.25; postgresqltuner warns of mod and all.",
    leave: "Where pgaudit logs the class ddl; there is no finding then.",
    see: [settingDocs("logging", "log_statement")],
  }),
  *check({ conf }) {
    const statements = conf?.known("log_statement");
    if (!conf || statements?.value !== "none") return;
    if (preloadedIn(conf).includes("pgaudit") && auditedClasses(conf)?.has("ddl")) return;
    const message = "log_statement = none: nobody can tell who created, changed or dropped what.";
    yield changeTo(conf, statements, "ddl", message);
  },
});
