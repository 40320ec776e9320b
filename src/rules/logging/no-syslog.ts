import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { destinationsOf, ownsLog } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/no-syslog",
  title: "nothing in the files sends the log to another machine",
  severity: "info",
  controls: ["E01", "STIG V-233610"],
  profiles: ["stig"],
  docs: () => ({
    why: "STIG asks that audit records leave the machine, as whoever takes it over can erase what is on it.",
    fix: "`log_destination = 'csvlog, syslog'` and a syslog daemon that forwards, or another shipper.",
    traps: "Follows STIG V-233610. CIS accepts any destination, and in containers stderr is the right one.",
    leave: "Where an agent ships the files or the journal; the configuration of the server does not show it.",
    see: [settingDocs("logging", "log_destination")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const destination = conf?.known("log_destination");
    const words = conf && destinationsOf(conf);
    if (!conf || !destination || !words?.length || words.includes("syslog") || !ownsLog(cluster)) return;
    const suggested = [...words, "syslog"].join(", ");
    const message = `log_destination = ${destination.base} keeps the log on this machine, unless something ships it.`;
    yield { ...changeTo(conf, destination, suggested, message), confidence: "low" };
  },
});
