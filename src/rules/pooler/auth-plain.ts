import { defineRule } from "../../engine/rule.ts";
import { isRemoteLine, mayBeOpen } from "../support/pooler-hba.ts";
import { about, asksForTls, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/auth-plain",
  title: "passwords cross the network in clear text",
  severity: "warning",
  controls: ["T03", "pgbouncer/auth-plain"],
  docs: () => ({
    why: "With auth_type = plain, or `password` in auth_hba_file, the client sends its password as it is. Without TLS whoever listens on the way has it; the manual calls the method deprecated.",
    fix: "Write scram-sha-256: every driver of the last years knows it, and the password never leaves the client.",
    traps:
      "The method is called plain in pgbouncer.ini and password in auth_hba_file. LDAP and PAM send the password in clear text too: ask for TLS there.",
    leave: "Where a client is too old for SCRAM, and client_tls_sslmode = require is set.",
    see: [poolerDocs("auth_type"), poolerDocs("hba-file-format")],
  }),
  *check({ pooler, poolerAccess }) {
    if (!pooler) return;
    const tls = asksForTls(pooler) ? "" : " in clear text";
    if (word(pooler, "auth_type") === "plain")
      yield {
        ...about(pooler, "auth_type", "scram-sha-256"),
        ...(tls === "" && { severity: "info" }),
        message: `auth_type = plain has clients send their passwords${tls}; scram-sha-256 never sends them.`,
      };
    if (tls === "" || !mayBeOpen(pooler)) return;
    for (const line of poolerAccess?.hba?.lines ?? [])
      if (line.method === "password" && line.type !== "hostssl" && isRemoteLine(line))
        yield {
          place: line.place,
          message: "This line has other machines send passwords in clear text; write scram-sha-256.",
          current: "password",
          suggested: "scram-sha-256",
        };
  },
});
