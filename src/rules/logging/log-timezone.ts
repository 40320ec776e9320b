import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/log-timezone",
  title: "the log is not in UTC",
  severity: "info",
  controls: ["E19", "CIS 3.1.26", "STIG V-233532"],
  profiles: ["cis", "stig"],
  docs: () => ({
    why: "Local time repeats an hour each autumn, and lines of servers in two zones cannot be put in order. Auditors ask for UTC.",
    fix: "`log_timezone = UTC`.",
    traps:
      "initdb writes the zone of the machine. pgdsat accepts only the words UTC and GMT, not Etc/UTC, which is the same.",
    leave: "Where all machines and all readers are in one zone that has no summer time.",
    see: [settingDocs("logging", "log_timezone")],
  }),
  *check({ conf }) {
    const zone = conf?.known("log_timezone");
    if (!conf || !zone || SAME_AS_UTC.has(zone.base.toLowerCase().replace(/^etc\//, ""))) return;
    yield changeTo(conf, zone, "UTC", `log_timezone = ${zone.base} is not UTC.`);
  },
});

const SAME_AS_UTC = new Set("utc uct gmt gmt0 gmt+0 gmt-0 greenwich universal zulu".split(" "));
