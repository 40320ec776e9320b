import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/disconnections",
  title: "the log does not show when a session ended",
  severity: "info",
  controls: ["E14", "CIS 3.1.21", "STIG V-233569", "STIG V-233604", "STIG V-233622"],
  profiles: ["strict", "cis", "stig"],
  docs: () => ({
    why: "Without the end of a session its length is not known: who was connected at 3:12 cannot be told, nor whether an application opens a connection for each query.",
    fix: "`log_disconnections = on`.",
    leave: "Where connections are short and many.",
    see: [settingDocs("logging", "log_disconnections")],
  }),
  *check({ conf }) {
    const disconnections = conf?.known("log_disconnections");
    if (!conf || disconnections?.value !== false) return;
    const message = "log_disconnections is off: nobody can tell how long a session lasted.";
    yield changeTo(conf, disconnections, "on", message);
  },
});
