import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/terse",
  title: "log_error_verbosity = terse drops what explains an error",
  severity: "warning",
  controls: ["E15"],
  docs: () => ({
    why: "terse leaves out DETAIL, HINT, QUERY and CONTEXT: which processes were in a deadlock and what each waited for, which key was a duplicate, in which line of which function it happened.",
    fix: "Remove the line; default logs them.",
    leave: "Where DETAIL would put personal data into the log that must not be there.",
    see: [settingDocs("logging", "log_error_verbosity")],
  }),
  *check({ conf }) {
    const verbosity = conf?.known("log_error_verbosity");
    if (!conf || verbosity?.value !== "terse") return;
    const message =
      "log_error_verbosity = terse drops DETAIL and CONTEXT, and with them who was in a deadlock and which key was a duplicate.";
    yield changeTo(conf, verbosity, "default", message);
  },
});
