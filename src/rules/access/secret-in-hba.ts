import { defineRule } from "../../engine/rule.ts";
import { SECRETS, withOptions } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/secret-in-hba",
  title: "a password in pg_hba.conf",
  severity: "warning",
  controls: ["A25"],
  docs: () => ({
    why: "pg_hba.conf goes into version control, into backups and into tickets, and pg_hba_file_rules shows it to every superuser session; the password in it goes along.",
    fix: "For ldap bind as the user itself (ldapprefix and ldapsuffix), or let an account search that may do nothing else. Otherwise keep the file at mode 0600 and out of version control, or keep the one record in a file of its own and include it (16 and later).",
    traps: "Passwords that once were in version control are known; change them when they leave it.",
    leave: "radius cannot do without; where the file never leaves the server and nobody else reads it there.",
    see: [pgDocs("auth-ldap"), pgDocs("auth-radius")],
  }),
  *check(cluster) {
    for (const { line } of withOptions(cluster)) {
      const secret = line.options.find(({ name, value }) => SECRETS.has(name) && value !== "");
      if (!secret) continue;
      yield {
        place: secret.token.place,
        message: `${secret.name} stands in this file for whoever reads it; keep the file at mode 0600 and out of version control.`,
        apply: "reload",
      };
    }
  },
});
