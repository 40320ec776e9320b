import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { destinationsOf, ownsLog } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/syslog-options",
  title: "syslog may lose or merge messages",
  severity: "info",
  controls: ["E08", "CIS 3.1.11", "CIS 3.1.12"],
  profiles: ["cis"],
  docs: () => ({
    why: "Some syslog daemons fold equal lines into `last message repeated 2 times` unless they are numbered, and cut lines of more than 1024 bytes unless the server splits them. Then the end of a statement is missing.",
    fix: "`syslog_sequence_numbers = on`, `syslog_split_messages = on`, the defaults.",
    leave: "Where the daemon, such as rsyslog, is set up for long lines and does not fold.",
    see: [settingDocs("logging", "syslog_sequence_numbers"), settingDocs("logging", "syslog_split_messages")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    if (!conf || !ownsLog(cluster) || !destinationsOf(conf)?.includes("syslog")) return;
    for (const name of ["syslog_sequence_numbers", "syslog_split_messages"]) {
      const option = conf.known(name);
      if (option?.value === false)
        yield changeTo(conf, option, "on", `${name} = off, while log_destination has syslog.`);
    }
  },
});
