import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { connectionStages } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/connections",
  title: "the log does not show who connected",
  severity: "warning",
  controls: [
    "E13",
    "CIS 3.1.20",
    "CIS 6.2",
    "STIG V-233558",
    "STIG V-233569",
    "STIG V-233604",
    "STIG V-233622",
  ],
  profiles: ["strict", "cis", "stig"],
  docs: () => ({
    why: "A failed login is logged as an error; a successful one, and so one with a stolen password, only with log_connections.",
    fix: "`log_connections = on`; from 18 on that is receipt, authentication and authorization, which may be listed one by one.",
    traps:
      "From 18 on it is a list, and tools that compare it with on report `receipt,authentication,authorization` by mistake. 17 and older do not start with a list. Only authorization names user and database.",
    leave:
      "Where clients connect for each query without a pooler: two lines each then fill the log, and the pooler is the remedy.",
    see: [settingDocs("logging", "log_connections")],
  }),
  *check({ conf }) {
    const connections = conf?.known("log_connections");
    if (!conf || !connections) return;
    const stages = connectionStages(connections);
    if (stages.includes("authorization")) return;
    const message =
      stages.length === 0
        ? "log_connections is off: nobody can tell who was connected, and from where."
        : `log_connections = ${connections.base} lacks authorization, the stage that names user and database.`;
    yield changeTo(conf, connections, "on", message);
  },
});
