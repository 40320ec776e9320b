import { defineRule } from "../../engine/rule.ts";
import { addressText, admittingRemote } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/password-login",
  title: "passwords that PostgreSQL keeps itself",
  severity: "warning",
  controls: ["A01", "STIG V-233515"],
  profiles: ["stig"],
  docs: () => ({
    why: "With scram-sha-256 and md5 PostgreSQL has passwords of its own: they do not expire with the directory's, and whoever leaves keeps his until somebody remembers the database.",
    fix: "Write gss (sspi on Windows), ldap on hostssl, or cert, and keep people in the directory.",
    traps:
      "This follows the STIG alone. CIS and PostgreSQL's own manual recommend scram-sha-256, and no other profile asks for more; ldap hands the password to the server as it is, which scram-sha-256 never does.",
    leave: "Accounts of applications, where the organisation has approved it.",
    see: [pgDocs("auth-methods"), pgDocs("gssapi-auth"), pgDocs("auth-ldap")],
  }),
  *check(cluster) {
    for (const { line } of admittingRemote(cluster)) {
      if (!KEPT_HERE.has(line.method)) continue;
      yield {
        place: line.methodToken.place,
        message: `Clients from ${addressText(line)} log in with passwords that PostgreSQL keeps; the STIG asks for gss, sspi, ldap or cert.`,
        current: line.methodToken.text,
        apply: "reload",
      };
    }
  },
});

const KEPT_HERE = new Set(["scram-sha-256", "md5", "password"]);
