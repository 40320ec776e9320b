import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { cycleOf } from "../support/log-name.ts";
import { ownsLog, writesLogFiles } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/no-truncate",
  title: "log_truncate_on_rotation is off",
  severity: "info",
  controls: ["E06", "CIS 3.1.7"],
  profiles: ["cis"],
  docs: () => ({
    why: "An auditor who follows CIS asks for it. With names that never come back it changes nothing until somebody changes log_filename; where they do come back, logging/rotation tells.",
    fix: "`log_truncate_on_rotation = on`.",
    traps:
      "Follows CIS 3.1.7 and pgdsat. CloudNativePG sets it to off, as something else removes the files there.",
    leave: "Where names have a date, and a job of yours deletes old files.",
    see: [settingDocs("logging", "log_truncate_on_rotation")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const truncate = conf?.known("log_truncate_on_rotation");
    const filename = conf?.known("log_filename");
    if (!conf || truncate?.value !== false || !filename || !ownsLog(cluster) || !writesLogFiles(conf)) return;
    const cycle = cycleOf(filename.base);
    if (cycle !== 0 && Number.isFinite(cycle)) return;
    const message = `log_truncate_on_rotation is off, which changes nothing for log_filename = ${filename.base}; CIS asks for on.`;
    yield changeTo(conf, truncate, "on", message);
  },
});
