import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/hostname-lookup",
  title: "log_hostname asks the name service at every connection",
  severity: "warning",
  controls: ["E16", "CIS 3.1.23"],
  profiles: ["default", "strict", "cis"],
  docs: () => ({
    why: "Each new connection waits for a reverse DNS lookup. It is not noticed until the name server is slow or away: then every login hangs for seconds, and the database gets the blame.",
    fix: "`log_hostname = off`; %h then prints the address, and names can be looked up when the log is read.",
    traps:
      "Follows CIS 3.1.23, postgresqltuner and pg_gather. STIG V-233591, dev-sec and Checkov want it on: logging/hostname-missing, profile stig.",
    leave: "Where addresses change hands so fast that only a name at that moment tells who it was.",
    see: [settingDocs("logging", "log_hostname")],
  }),
  *check({ conf }) {
    const hostname = conf?.known("log_hostname");
    if (!conf || hostname?.value !== true) return;
    const message = "log_hostname = on makes every new connection wait for a DNS lookup.";
    yield changeTo(conf, hostname, "off", message);
  },
});
