import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { ownsLog } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/file-mode",
  title: "others than the server's account may read the log files",
  severity: "warning",
  controls: ["E05", "CIS 3.1.6", "STIG V-233514", "STIG V-233531", "STIG V-233549", "STIG V-233618"],
  profiles: ["cis", "stig"],
  docs: () => ({
    why: "Who reads the log reads the data of its statements. Auditors ask that only the server's account can.",
    fix: "`log_file_mode = 0600`.",
    traps: "What ships the log to another place often reads it by its group, and needs 0640.",
    leave: "With 0640 and a group that only the log shipper is in.",
    see: [settingDocs("logging", "log_file_mode")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const mode = conf?.known("log_file_mode");
    if (!conf || typeof mode?.value !== "number" || !ownsLog(cluster)) return;
    if ((mode.value & 0o077) === 0 || conf.known("logging_collector")?.value === false) return;
    const whom = mode.value & 0o007 ? "everybody" : "the group";
    const message = `log_file_mode = ${mode.base} is open to ${whom}; auditors ask for 0600.`;
    yield changeTo(conf, mode, "0600", message);
  },
});
