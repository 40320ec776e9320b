import { defineRule } from "../../engine/rule.ts";
import { withMethod } from "../support/hba-lines.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { lacking } from "../support/written.ts";

export default defineRule({
  id: "secrets/md5-passwords",
  title: "new passwords are stored as MD5 hashes",
  severity: "warning",
  controls: ["D01", "STIG V-233596"],
  docs: () => ({
    why: "An MD5 hash of pg_authid logs in by itself, without the password, and gives most passwords away within hours on a graphics card. Whoever gets a dump of the roles or a base backup has all accounts. 18 warns at every new one, and a later release will drop them.",
    fix: "Write `password_encryption = scram-sha-256` and let everybody set the password again; a stored MD5 hash stays until then.",
    traps:
      "Up to 13 md5 is the default, and `on` means md5. `md5` in pg_hba.conf takes both kinds of passwords, so nothing there has to change first; a line with scram-sha-256 turns away whoever still has an MD5 hash. Drivers from before 2018 (libpq 9.6, JDBC before 42.2) know no SCRAM.",
    leave: "While such a driver is still in use.",
    see: [settingDocs("connection", "password_encryption"), pgDocs("auth-password")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const encryption = conf?.known("password_encryption");
    if (!conf || encryption?.value !== "md5") return;
    // access/scram-without-secrets says what that leads to.
    if (withMethod(cluster, "scram-sha-256").length > 0) return;
    const origin = encryption.item ? "" : " by default";
    yield {
      ...lacking(
        conf,
        encryption,
        "scram-sha-256",
        `password_encryption is ${encryption.item?.entry.value ?? "md5"}${origin}, so new passwords are stored as MD5 hashes.`,
      ),
      ...(!encryption.item && { severity: "info" }),
    };
  },
});
