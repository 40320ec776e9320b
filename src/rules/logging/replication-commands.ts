import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/replication-commands",
  title: "what replication connections do is not logged",
  severity: "info",
  controls: ["E21", "CIS 7.2"],
  profiles: ["cis"],
  docs: () => ({
    why: "A base backup copies the whole database, and without log_replication_commands nothing tells that somebody took one.",
    fix: "`log_replication_commands = on`; a few lines for each standby that connects.",
    leave: "Where pg_hba.conf admits no replication.",
    see: [settingDocs("logging", "log_replication_commands")],
  }),
  *check({ conf }) {
    const commands = conf?.known("log_replication_commands");
    if (!conf || commands?.value !== false) return;
    const message =
      "log_replication_commands is off: a base backup by a stranger leaves no trace in the log.";
    yield changeTo(conf, commands, "on", message);
  },
});
