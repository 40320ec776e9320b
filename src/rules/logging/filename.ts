import { type Draft, defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { ownsLog, writesLogFiles } from "../support/logging.ts";
import { pgSource, settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

export default defineRule({
  id: "logging/filename",
  title: "a log_filename that the server cannot open",
  severity: "error",
  controls: ["E04", "CIS 3.1.5"],
  docs: () => ({
    why: "The collector opens its file before anything else, and the server does not start where it cannot: with an empty name it tries to open the directory. A name with a slash needs a directory below log_directory, which the server does not create.",
    fix: "A plain name, `log_filename = 'postgresql-%a.log'`, and the place in log_directory, which the server creates.",
    leave: "Where the directory that the name has is there on every host.",
    see: [settingDocs("logging", "log_filename"), pgSource("postmaster/syslogger.c")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const filename = conf?.known("log_filename");
    const directory = conf?.known("log_directory");
    if (!conf || !filename?.item || !directory || !ownsLog(cluster) || !writesLogFiles(conf)) return;
    const { base } = filename;
    const refused = (reason: string): Pick<Draft, "server"> => ({
      server: refusesStart(`could not open log file "${directory.base}/${base}": ${reason}`),
    });
    const suggested = base.slice(base.lastIndexOf("/") + 1) || "postgresql-%a.log";
    if (base === "") {
      const message = `log_filename is empty and names the directory itself, so that the server cannot open its log and does not start.`;
      yield { ...changeTo(conf, filename, suggested, message), ...refused("Is a directory") };
    } else if (base.includes("/")) {
      const message = `log_filename = ${base} needs a directory below ${directory.base}, which the server does not create.`;
      yield { ...changeTo(conf, filename, suggested, message), severity: "warning", confidence: "medium" };
    }
  },
});
