import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { logsOutside, ownsLog } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/world-readable",
  title: "log files that everybody on the machine may read",
  severity: "warning",
  controls: ["E05"],
  docs: () => ({
    why: "The log holds statements with their literals, at times the password of a CREATE ROLE, and who connects from where. Any account on the host can read it, that of a compromised web server as well.",
    fix: "`log_file_mode = 0600`, or 0640 and a group for whoever reads the log.",
    traps:
      "A number without the leading 0 is decimal: 640 is out of range. Inside the data directory nobody else gets at the files, so there is no finding there. On Windows the setting is ignored.",
    leave: "Where the permissions of the log's directory let nobody else in.",
    see: [settingDocs("logging", "log_file_mode")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const mode = conf?.known("log_file_mode");
    if (!conf || typeof mode?.value !== "number" || !ownsLog(cluster)) return;
    const others = mode.value & 0o007;
    if (others === 0 || !logsOutside(conf) || conf.known("logging_collector")?.value === false) return;
    const may = others & 0o002 ? "write" : "read";
    const message = `log_file_mode = 0${Number(mode.value).toString(8)} lets every account on the machine ${may} the log.`;
    yield changeTo(conf, mode, "0640", message);
  },
});
