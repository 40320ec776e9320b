import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { logsOutside, ownsLog, writesLogFiles } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/data-directory",
  title: "the log stands inside the data directory",
  severity: "info",
  controls: ["E03", "CIS 3.1.4", "CIS 8.1"],
  profiles: ["cis"],
  docs: () => ({
    why: "A log that fills the disk stops the database with it, each pg_basebackup copies the old log files, and who reads the log needs a way into the data directory.",
    fix: "A directory of its own on another file system, `log_directory = '/var/log/postgresql'`, that belongs to the server's account.",
    traps: "A relative path counts from the data directory, so that the default, log, is inside.",
    leave: "Where rotation keeps the log small and one file system is simpler.",
    see: [settingDocs("logging", "log_directory")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const directory = conf?.known("log_directory");
    if (!conf || !directory || !ownsLog(cluster) || !writesLogFiles(conf) || logsOutside(conf) !== false)
      return;
    const message = `log_directory = ${directory.base} is inside the data directory.`;
    yield changeTo(conf, directory, "/var/log/postgresql", message);
  },
});
