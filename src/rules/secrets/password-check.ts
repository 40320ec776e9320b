import { defineRule } from "../../engine/rule.ts";
import { loadsAny, notLoaded } from "../support/libraries.ts";
import { usesPasswords } from "../support/passwords.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "secrets/password-check",
  title: "nothing checks new passwords",
  severity: "info",
  profiles: ["cis"],
  controls: ["D04", "CIS 5.6"],
  docs: () => ({
    why: "The server takes any password, also an empty-headed one. A library in shared_preload_libraries can refuse short or simple ones.",
    fix: "Add passwordcheck, which comes with PostgreSQL, or credcheck, which has more rules.",
    traps:
      "psql's \\password and most tools hash the password before they send it; a library then sees a hash, and can at most compare it with the user name. So this helps against CREATE ROLE … PASSWORD 'x', and against little else.",
    leave:
      "Where people log in through LDAP, Kerberos or certificates, and applications have random passwords.",
    see: [pgDocs("passwordcheck"), "https://github.com/HexaCluster/credcheck"],
  }),
  *check({ conf, hba }) {
    if (!conf?.whole || !usesPasswords(hba)) return;
    if (loadsAny(conf, "passwordcheck", "credcheck", "passwordpolicy", "passwordcheck_extra")) return;
    const missing = notLoaded(
      conf,
      "passwordcheck",
      "No library checks new passwords, such as passwordcheck or credcheck.",
    );
    if (missing) yield missing;
  },
});
