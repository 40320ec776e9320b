import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { completed, ESCAPE_FOR, missingFields, type PrefixField } from "../support/log-prefix.ts";
import { destinationsOf, ownsLog, usesPrefix } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/audit-prefix",
  title: "a log line that does not say who, from where and with what",
  severity: "warning",
  controls: [
    "E17",
    "CIS 3.1.24",
    "STIG V-233569",
    "STIG V-233578",
    "STIG V-233581",
    "STIG V-233582",
    "STIG V-233591",
    "STIG V-233598",
    "STIG V-233604",
    "STIG V-233608",
  ],
  profiles: ["cis", "stig"],
  docs: () => ({
    why: "An audit record has to tell when, which session, which user in which database, from where and with which application.",
    fix: "`log_line_prefix = '%m [%p] %q%u@%d app=%a client=%h '`, in any order.",
    traps:
      "dev-sec compares the text with '%t %u %d %h' and reports better ones. A csvlog or jsonlog has all the fields without a prefix; syslog adds time and process itself.",
    leave: "Where only csvlog or jsonlog files are kept.",
    see: [settingDocs("logging", "log_line_prefix")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const prefix = conf?.known("log_line_prefix");
    if (!conf || !prefix || !ownsLog(cluster)) return;
    if (!usesPrefix(destinationsOf(conf) ?? ["stderr"])) return;
    const missing = missingFields(prefix.base, FIELDS);
    if (missing.length === 0) return;
    const names = missing.map((field) => `${field} (${ESCAPE_FOR[field]})`).join(", ");
    yield changeTo(
      conf,
      prefix,
      completed(prefix.base, missing),
      `log_line_prefix = '${prefix.base}' lacks ${names}.`,
    );
  },
});

const FIELDS: readonly PrefixField[] = ["time", "process", "user", "database", "application", "client"];
