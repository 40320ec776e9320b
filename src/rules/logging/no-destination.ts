import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { destinationsOf, ownsLog } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/no-destination",
  title: "the server logs to nowhere",
  severity: "warning",
  controls: ["E01", "CIS 3.1.2", "STIG V-233589"],
  docs: () => ({
    why: "An empty log_destination is no syntax error: the server starts and writes no messages at all. The next crash, failed login or refused reload leaves no trace.",
    fix: "`log_destination = stderr`, or csvlog, jsonlog (15 and later), syslog.",
    leave: "Where an extension with a hook of its own ships the messages.",
    see: [settingDocs("logging", "log_destination")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const destination = conf?.known("log_destination");
    if (!conf || !destination || !ownsLog(cluster) || destinationsOf(conf)?.length !== 0) return;
    yield changeTo(conf, destination, "stderr", "log_destination is empty, so no message is kept anywhere.");
  },
});
