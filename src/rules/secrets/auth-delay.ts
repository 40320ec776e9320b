import { defineRule } from "../../engine/rule.ts";
import { loadsAny, notLoaded } from "../support/libraries.ts";
import { usesPasswords } from "../support/passwords.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "secrets/auth-delay",
  title: "a failed login costs the attacker nothing",
  severity: "info",
  profiles: ["cis"],
  controls: ["D05", "CIS 5.7"],
  docs: () => ({
    why: "Without a delay a program may try some thousand passwords a second. auth_delay holds the answer to a failed login back.",
    fix: "Add auth_delay to shared_preload_libraries and write `auth_delay.milliseconds = 500`.",
    traps:
      "A connection that waits still takes a place among max_connections, so that the delay makes it easier to shut everybody out. A firewall, or fail2ban on the log, stops guessing better.",
    leave: "Where only known machines reach the port, or passwords are long and random.",
    see: [pgDocs("auth-delay")],
  }),
  *check({ conf, hba }) {
    if (!conf?.whole || !usesPasswords(hba) || loadsAny(conf, "auth_delay", "credcheck")) return;
    const missing = notLoaded(
      conf,
      "auth_delay",
      "Neither auth_delay nor credcheck slows down who guesses passwords.",
    );
    if (missing) yield missing;
  },
});
