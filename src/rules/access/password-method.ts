import { defineRule } from "../../engine/rule.ts";
import { addressText, clearText, isRemoteReach, rewritten, withMethod } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/password-method",
  title: "the method password sends passwords as they are",
  severity: "error",
  controls: ["A03", "CIS 5.4", "STIG V-233519"],
  docs: () => ({
    why: "The client sends the password itself. Without TLS everyone on the way reads it; with TLS it is still in the server's hands, so that one stolen or faked server collects them.",
    fix: "Write scram-sha-256: the password stays with the client. Every driver of the last years can do it.",
    traps:
      "A secret that is stored as md5… does not serve scram-sha-256; such users must set their password again, with password_encryption = scram-sha-256. host takes connections with TLS and without; the client decides.",
    leave: "A client that really cannot do better, on hostssl.",
    see: [pgDocs("auth-password")],
  }),
  *check(cluster) {
    for (const live of withMethod(cluster, "password")) {
      const { line, reach } = live;
      const remote = isRemoteReach(reach);
      const clear = remote ? clearText(live, cluster) : "never";
      const way = {
        always: "unencrypted",
        possible: "unencrypted unless the client asks for TLS",
        never: "",
      };
      yield {
        place: line.methodToken.place,
        severity: clear !== "never" ? "error" : remote ? "warning" : "info",
        message: remote
          ? `Clients from ${addressText(line)} send their passwords as they are${clear === "never" ? ", protected by TLS alone" : `, ${way[clear]}`}; scram-sha-256 never sends them.`
          : "Clients send their passwords to the server as they are; scram-sha-256 never sends them.",
        current: "password",
        ...rewritten(line, { method: "scram-sha-256" }),
      };
    }
  },
});
