import { defineRule } from "../../engine/rule.ts";
import { pairOf, pairPlace } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/password-in-ini",
  title: "a password stands in pgbouncer.ini",
  severity: "warning",
  controls: ["T13", "pgbouncer/password-in-databases"],
  docs: () => ({
    why: "pgbouncer.ini is copied, committed and shown to others; the password goes with it. It can be changed only where the whole configuration can.",
    fix: "Take password= out and put the role into auth_file, which PgBouncer asks for a user= without a password.",
    traps:
      "password= without user= has no effect at all: the password is that of the role that user= forces.",
    leave: "Where the file is made from a vault at the start and only PgBouncer's user can read it.",
    see: [poolerDocs("password"), poolerDocs("auth_file")],
  }),
  *check({ pooler }) {
    const ldap = pooler?.settings.get("auth_ldap_options");
    if (ldap && /\bldapbindpasswd\s*=/i.test(ldap.text))
      yield {
        place: { source: ldap.source, span: ldap.entry.valueSpan },
        message: "The password with which PgBouncer asks the directory stands in auth_ldap_options.",
        setting: "auth_ldap_options",
      };
    for (const target of pooler?.databases.values() ?? []) {
      const password = pairOf(target, "password");
      if (!password) continue;
      const user = pairOf(target, "user");
      yield {
        place: pairPlace(target, password),
        message: user
          ? `The password of ${user.value} stands in the entry ${target.name}; auth_file can hold it, and fewer people read that.`
          : `The entry ${target.name} has a password and no user=, so that the password is not used; take it out.`,
      };
    }
  },
});
