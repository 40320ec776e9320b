import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { cycleInWords, cycleOf, everTruncates, ONE_DAY } from "../support/log-name.ts";
import { ownsLog, writesLogFiles } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/short-retention",
  title: "the log overwrites itself within a day",
  severity: "warning",
  controls: ["E04"],
  docs: () => ({
    why: "Names that come back after an hour or a day, together with log_truncate_on_rotation, keep no more than that. Who looks on Monday for what happened on Saturday finds nothing.",
    fix: "`log_filename = 'postgresql-%a.log'` keeps a week, `'postgresql-%d.log'` a month.",
    traps: "%H is the hour, %M the minute, %m the month.",
    leave: "Where every line is shipped to another place at once.",
    see: [settingDocs("logging", "log_filename"), settingDocs("logging", "log_truncate_on_rotation")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const filename = conf?.known("log_filename");
    const age = conf?.known("log_rotation_age");
    const truncate = conf?.known("log_truncate_on_rotation");
    if (!conf || !filename || !ownsLog(cluster) || !writesLogFiles(conf) || truncate?.value !== true) return;
    const cycle = cycleOf(filename.base);
    if (cycle > ONE_DAY || !everTruncates(cycle, Number(age?.value ?? 0))) return;
    const message = `log_filename = ${filename.base} with log_truncate_on_rotation = on overwrites the log after ${cycleInWords(cycle)}.`;
    yield changeTo(conf, filename, "postgresql-%a.log", message);
  },
});
