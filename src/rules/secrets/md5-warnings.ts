import { defineRule } from "../../engine/rule.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "secrets/md5-warnings",
  title: "the warnings about MD5 passwords are switched off",
  severity: "info",
  profiles: ["strict"],
  versions: { postgres: ">=18" },
  controls: ["D03"],
  docs: () => ({
    why: "MD5 passwords will go in a later release, and an upgrade is a bad time to find out who still has one. The warning at CREATE ROLE and ALTER ROLE names them one by one while there is time.",
    fix: "Drop the line; the default is on.",
    traps: "The warning comes when a password is set, not when somebody logs in with it.",
    leave: "While a migration is planned and the log is full of it.",
    see: [settingDocs("connection", "md5_password_warnings"), pgDocs("auth-password")],
  }),
  *check({ conf }) {
    const warnings = writtenIn(conf, "md5_password_warnings");
    if (warnings?.value === false)
      yield unwiseFor(
        warnings,
        "on",
        "Nobody hears of new MD5 passwords, which a later release will not take.",
      );
  },
});
