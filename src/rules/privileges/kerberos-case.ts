import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/kerberos-case",
  title: "the names of Kerberos users are compared without regard to case",
  severity: "info",
  profiles: ["strict"],
  controls: ["D09"],
  docs: () => ({
    why: "Kerberos tells joe and JOE apart, so that they may be two people; with krb_caseins_users = on both may log in as either role.",
    fix: "Drop the line, and map names where they differ in pg_ident.conf.",
    traps:
      "Active Directory keeps names without regard to case and hands them out as they were written; there it is harmless.",
    leave: "With Active Directory.",
    see: [settingDocs("connection", "krb_caseins_users")],
  }),
  *check({ conf }) {
    const insensitive = writtenIn(conf, "krb_caseins_users");
    if (insensitive?.value === true)
      yield unwiseFor(
        insensitive,
        "off",
        "With krb_caseins_users = on the Kerberos users joe and JOE are one.",
      );
  },
});
