import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { librariesIn } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/pgaudit-missing",
  title: "pgaudit is not loaded",
  severity: "warning",
  controls: ["E20", "CIS 3.2", "STIG V-233512"],
  profiles: ["cis", "stig"],
  docs: () => ({
    why: "log_statement shows what a client sent, not which tables a function or a view then touched. Auditors who follow CIS or STIG ask for pgaudit, which logs that per object.",
    fix: "Install the package of pgaudit for this major, add it to shared_preload_libraries, restart, `CREATE EXTENSION pgaudit` in each database, and set pgaudit.log.",
    traps: "The server does not start when the library is listed and the package is not installed.",
    leave: "Where nobody has to prove who read what.",
    see: [settingDocs("client", "shared_preload_libraries"), "https://github.com/pgaudit/pgaudit"],
  }),
  *check({ conf }) {
    const libraries = conf?.known("shared_preload_libraries");
    if (!conf || !libraries || librariesIn(conf, "shared_preload_libraries").includes("pgaudit")) return;
    const suggested = libraries.base === "" ? "pgaudit" : `${libraries.base}, pgaudit`;
    yield changeTo(conf, libraries, suggested, "shared_preload_libraries does not load pgaudit.");
  },
});
