import { defineRule } from "../../engine/rule.ts";
import { addressText, admittingRemote, clearText, rewritten } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/password-to-module",
  title: "ldap, pam, radius or bsd where the client may come without TLS",
  severity: "warning",
  controls: ["A26"],
  docs: () => ({
    why: "The server must hand the password on, so the client sends it as it is. Without TLS everyone on the way reads it, and it is the password of the directory: of mail, of the VPN, of everything.",
    fix: "Write hostssl, with ssl = on.",
    traps:
      "The connection from the server to the directory is another one, and needs TLS of its own (ldaptls=1 or ldapscheme=ldaps).",
    leave: "Where the network between them is encrypted by something else.",
    see: [pgDocs("auth-ldap"), pgDocs("auth-pam"), pgDocs("auth-radius")],
  }),
  *check(cluster) {
    for (const live of admittingRemote(cluster)) {
      const { line } = live;
      const clear = clearText(live, cluster);
      if (!MODULES.has(line.method) || clear === "never") continue;
      const always = clear === "always";
      yield {
        place: line.typeToken.place,
        severity: always ? "error" : "warning",
        message: `Clients from ${addressText(line)} send their ${line.method} passwords as they are, ${always ? "over an unencrypted connection" : "unencrypted unless the client asks for TLS"}; write hostssl.`,
        current: line.typeToken.text,
        ...rewritten(line, { type: "hostssl" }),
      };
    }
  },
});

const MODULES = new Set(["ldap", "pam", "radius", "bsd"]);
