import { defineRule } from "../../engine/rule.ts";
import { about, known, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/server-tls-ca",
  title: "server certificates are to be checked, and no CA is named",
  severity: "warning",
  controls: ["T17", "pgbouncer/server-tls-weak"],
  docs: () => ({
    why: "Without server_tls_ca_file PgBouncer falls back on the file of public CAs that its build names. A server's certificate is mostly signed by a CA of your own or of the cloud: PgBouncer starts, and every login to a server fails.",
    fix: "Write server_tls_ca_file = the certificate of the CA that signed the servers' certificates.",
    traps: "A missing file is no error at the start either.",
    leave: "Where the servers have certificates of a public CA, which the system's file holds.",
    see: [poolerDocs("server_tls_ca_file"), "https://github.com/pgbouncer/pgbouncer/blob/master/src/sbuf.c"],
  }),
  *check({ pooler }) {
    const mode = pooler && word(pooler, "server_tls_sslmode");
    if (!pooler || (mode !== "verify-ca" && mode !== "verify-full")) return;
    if (known(pooler, "server_tls_ca_file") === "")
      yield {
        ...about(pooler, "server_tls_sslmode"),
        confidence: "medium",
        message: `server_tls_sslmode = ${mode} without server_tls_ca_file: logins to servers fail unless a public CA signed their certificates.`,
      };
  },
});
