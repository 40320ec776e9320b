import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/hostname-missing",
  title: "the log has addresses of clients, not their names",
  severity: "info",
  controls: ["E16", "STIG V-233591"],
  profiles: ["stig"],
  docs: () => ({
    why: "STIG asks that an audit record names the host that a session came from.",
    fix: "`log_hostname = on`, with a name server that is near and does not fail.",
    traps:
      "Follows STIG V-233591, dev-sec and Checkov. CIS 3.1.23 and most DBAs say the opposite, as every connection then waits for DNS: logging/hostname-lookup.",
    leave: "Where the address is enough to find the host.",
    see: [settingDocs("logging", "log_hostname")],
  }),
  *check({ conf }) {
    const hostname = conf?.known("log_hostname");
    if (!conf || hostname?.value !== false) return;
    yield changeTo(
      conf,
      hostname,
      "on",
      "log_hostname is off; STIG asks for the names of clients in the log.",
    );
  },
});
