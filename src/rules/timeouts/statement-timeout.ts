import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "timeouts/statement-timeout",
  title: "a statement may run for ever",
  severity: "info",
  controls: ["N02", "STIG V-233606"],
  profiles: ["stig"],
  docs: () => ({
    why: "STIG asks that a session which does nothing useful any more comes to an end, and takes statement_timeout as one means.",
    fix: "A generous value, `statement_timeout = 1h`, and less for the roles of applications.",
    traps:
      "Follows STIG V-233606 and pg_gather. PostgreSQL's manual advises against a value for all sessions: timeouts/global, profile strict.",
    leave: "Where every role that connects has its own value.",
    see: [settingDocs("client", "statement_timeout")],
  }),
  *check({ conf }) {
    const timeout = conf?.known("statement_timeout");
    if (!conf || timeout?.value !== 0) return;
    const message = "statement_timeout is 0; STIG asks for a limit.";
    yield { ...changeTo(conf, timeout, "1h", message), confidence: "medium" };
  },
});
