import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/not-verbose",
  title: "log_error_verbosity is not verbose",
  severity: "info",
  controls: ["E15", "CIS 3.1.22"],
  profiles: ["cis"],
  docs: () => ({
    why: "An auditor who follows CIS asks for the SQLSTATE and the place in the source with every message.",
    fix: "`log_error_verbosity = verbose`.",
    traps:
      "Follows CIS 3.1.22 and pgdsat. Prowler wants default, as logging/verbose in the strict profile does: verbose doubles the lines of the log.",
    leave: "Where %e in log_line_prefix, which prints the SQLSTATE, is enough for the auditor.",
    see: [settingDocs("logging", "log_error_verbosity")],
  }),
  *check({ conf }) {
    const verbosity = conf?.known("log_error_verbosity");
    if (!conf || !verbosity || verbosity.value === "verbose") return;
    const message = `log_error_verbosity is ${verbosity.base}; CIS asks for verbose.`;
    yield changeTo(conf, verbosity, "verbose", message);
  },
});
