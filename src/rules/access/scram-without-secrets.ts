import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf, placeOrAbsent } from "../support/conf.ts";
import { withMethod } from "../support/hba-lines.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/scram-without-secrets",
  title: "records ask for SCRAM, new passwords are stored for MD5",
  severity: "warning",
  controls: ["U04"],
  docs: () => ({
    why: "A user whose password is set with password_encryption = md5 cannot log in by a scram-sha-256 record: the secret does not serve it. It works for everyone until somebody changes a password.",
    fix: "Set password_encryption = scram-sha-256, and have the users with MD5 secrets set their passwords again.",
    traps:
      "Up to 13 md5 is the default. A session may set it for itself before ALTER ROLE, and a SCRAM secret that a client made (psql's \\password) is stored as it is.",
    leave: "Where passwords are only ever set by a client that makes the secret itself.",
    see: [settingDocs("connection", "password_encryption"), pgDocs("auth-password")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const encryption = conf?.known("password_encryption");
    if (!conf || !encryption || String(encryption.value) !== "md5") return;
    const [scram] = withMethod(cluster, "scram-sha-256");
    if (!scram) return;
    const { record, methodToken } = scram.line;
    const place = placeOf(encryption);
    yield {
      place: placeOrAbsent(conf, encryption),
      message: `password_encryption is md5${place ? "" : " by default"}, and a password set that way does not serve the scram-sha-256 of ${record.source.path}:${record.line}.`,
      related: [{ place: methodToken.place, message: "this record asks for SCRAM" }],
      setting: "password_encryption",
      current: encryption.base,
      suggested: "scram-sha-256",
      apply: applyOf(encryption.setting),
      ...(place && {
        fix: {
          title: "Write scram-sha-256",
          safe: false,
          edits: [{ place, text: "'scram-sha-256'" }],
        },
      }),
    };
  },
});
