import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/failed-statements-hidden",
  title: "errors are logged without the statement that failed",
  severity: "warning",
  controls: ["E10", "CIS 3.1.15"],
  docs: () => ({
    why: "Above error, log_min_error_statement leaves the STATEMENT line out. What remains is `ERROR: duplicate key value` from somewhere in the application, and a search that takes hours instead of minutes.",
    fix: "Remove the line, or write `log_min_error_statement = error`.",
    traps: "As in log_min_messages, log stands above error.",
    leave:
      "Where statements carry data that must not be in the log, and parameters instead of literals cannot be had.",
    see: [settingDocs("logging", "log_min_error_statement")],
  }),
  *check({ conf }) {
    const level = conf?.known("log_min_error_statement");
    if (!conf || !level || !["log", "fatal", "panic"].includes(String(level.value))) return;
    const message = `log_min_error_statement = ${level.base} logs errors without the statement that caused them.`;
    yield changeTo(conf, level, "error", message);
  },
});
