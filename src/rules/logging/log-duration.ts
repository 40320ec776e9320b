import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/log-duration",
  title: "log_duration writes a line for every statement",
  severity: "warning",
  controls: ["E26"],
  docs: () => ({
    why: "log_duration = on logs how long each statement took, whatever it took, and not which statement it was. On a busy server that is thousands of lines a second that answer nothing.",
    fix: "Remove the line, and set `log_min_duration_statement = 1s`: it logs the duration and the statement, for the slow ones.",
    traps:
      "dev-sec and the CIS benchmark of Google Cloud ask for log_duration = on; most others do not, and neither do we.",
    leave: "Together with pgBadger for a day of measuring, or where a baseline of yours prescribes it.",
    see: [settingDocs("logging", "log_duration")],
  }),
  *check({ conf }) {
    const duration = conf?.known("log_duration");
    if (!conf || duration?.value !== true) return;
    const message =
      "log_duration = on logs a line for every statement, however fast, and without its text; log_min_duration_statement has both.";
    yield changeTo(conf, duration, "off", message);
  },
});
