import { defineRule } from "../../engine/rule.ts";
import { about, known, numberSet, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const FACILITIES = [
  "auth",
  "authpriv",
  "daemon",
  "user",
  ...Array.from({ length: 8 }, (_, at) => `local${at}`),
];

export default defineRule({
  id: "pooler/syslog",
  title: "PgBouncer's syslog settings do not do what they say",
  severity: "info",
  controls: ["pgbouncer/F-syslog", "pgbouncer/F-logfile"],
  docs: () => ({
    why: "With a logfile and syslog each line is written twice, and a third time to the journal under systemd. A facility that PgBouncer does not know is replaced by daemon without a word, and the rule of the log server that waits for it sees nothing.",
    fix: "Keep one of the two. A facility is auth, authpriv, daemon, user or local0 to local7.",
    leave: "Where the file is for the host and syslog for a log server.",
    see: [poolerDocs("logfile"), poolerDocs("syslog"), poolerDocs("syslog_facility")],
  }),
  *check({ pooler }) {
    if (!pooler || !numberSet(pooler, "syslog")) return;
    if (known(pooler, "logfile"))
      yield {
        ...about(pooler, "syslog", "0"),
        message: `Each line goes to ${pooler.text("logfile")} and to syslog.`,
        related: relatedTo(pooler, "logfile", "the other place"),
      };
    const facility = known(pooler, "syslog_facility");
    if (facility !== undefined && !FACILITIES.includes(facility.toLowerCase()))
      yield {
        ...about(pooler, "syslog_facility", "daemon"),
        severity: "warning",
        message: `syslog_facility = ${facility} is not known to PgBouncer, which writes to daemon instead.`,
      };
  },
});
