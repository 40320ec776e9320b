import { defineRule } from "../../engine/rule.ts";
import { rewritten, withMethod } from "../support/hba-lines.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/md5-method",
  title: "the method md5",
  severity: "info",
  controls: ["A04", "U05", "CIS 5.4", "STIG V-233519"],
  docs: () => ({
    why: "Whoever gets hold of an MD5 secret from pg_authid or a dump logs in with it as it is, without knowing the password. PostgreSQL 18 calls MD5 passwords deprecated, and a later release will not have them.",
    fix: "Set password_encryption = scram-sha-256, have the users set their passwords again, and write scram-sha-256 once no rolpassword starts with md5.",
    traps:
      "It is not broken: a user whose secret is a SCRAM secret logs in with SCRAM under md5 as well. Changing the record first locks out everyone whose secret is still MD5.",
    leave: "Until the last MD5 secret is gone; up to 17 it is an info.",
    see: [pgDocs("auth-password"), settingDocs("connection", "password_encryption")],
  }),
  *check(cluster) {
    const { major } = cluster.target.postgres;
    for (const { line } of withMethod(cluster, "md5")) {
      yield {
        place: line.methodToken.place,
        severity: major >= 18 ? "warning" : "info",
        message: `md5 still takes MD5 secrets${major >= 18 ? `, which PostgreSQL ${major} deprecates` : ""}; scram-sha-256 takes none, so write it once every user has a SCRAM secret.`,
        current: "md5",
        ...rewritten(line, { method: "scram-sha-256" }),
      };
    }
  },
});
