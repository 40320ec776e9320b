import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/verbose",
  title: "log_error_verbosity = verbose adds the server's source lines",
  severity: "info",
  controls: ["E15"],
  profiles: ["strict"],
  docs: () => ({
    why: "verbose adds a LOCATION line with the C function and line number to every message. It doubles the lines of the log, and helps who debugs the server itself.",
    fix: "`log_error_verbosity = default`; for the SQLSTATE put %e into log_line_prefix.",
    traps:
      "Follows Prowler, which wants default. CIS 3.1.22 wants the opposite: logging/not-verbose, profile cis.",
    leave: "Where CIS is followed to the letter.",
    see: [settingDocs("logging", "log_error_verbosity")],
  }),
  *check({ conf }) {
    const verbosity = conf?.known("log_error_verbosity");
    if (!conf || verbosity?.value !== "verbose") return;
    const message =
      "log_error_verbosity = verbose adds a LOCATION line of the server's source to each message.";
    yield changeTo(conf, verbosity, "default", message);
  },
});
