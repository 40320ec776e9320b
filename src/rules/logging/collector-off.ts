import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { destinationsOf, ownsLog } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/collector-off",
  title: "the server does not write log files of its own",
  severity: "info",
  controls: ["E02", "CIS 3.1.3", "STIG V-233514", "STIG V-233531"],
  profiles: ["cis", "stig"],
  docs: () => ({
    why: "Without the collector the log is whatever becomes of the standard error of the server, and its permissions and rotation are not PostgreSQL's. An auditor wants to see where it goes.",
    fix: "`logging_collector = on`, or `log_destination = syslog`; else show where the output is kept.",
    traps: "pgdsat reports this for every server, as its condition is always true.",
    leave:
      "Under systemd, in a container, and on Debian, where pg_ctlcluster redirects the output: there it is right as it is.",
    see: [settingDocs("logging", "logging_collector")],
  }),
  *check(cluster) {
    const { conf, target } = cluster;
    const collector = conf?.known("logging_collector");
    if (!conf || collector?.value !== false || !ownsLog(cluster)) return;
    if (target.platform === "docker" || target.platform === "kubernetes") return;
    if (!destinationsOf(conf)?.includes("stderr")) return;
    const message =
      "logging_collector is off, so that log_destination = stderr goes where the server's output goes.";
    yield { ...changeTo(conf, collector, "on", message), confidence: "low" };
  },
});
