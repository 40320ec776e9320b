import { defineRule } from "../../engine/rule.ts";
import { about, known, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/client-tls-ca",
  title: "client certificates are to be checked, and there is no CA to check them with",
  severity: "warning",
  controls: ["T18", "pgbouncer/client-tls-files"],
  docs: () => ({
    why: "PgBouncer starts with verify-ca and no CA file (it refuses only verify-full), falls back on the CAs of the operating system, and turns away the certificates of your own CA, or takes those of any public one.",
    fix: "Write client_tls_ca_file = the certificate of the CA that signs your clients' certificates.",
    leave: "Where the operating system's store holds your own CA and no other.",
    see: [poolerDocs("client_tls_ca_file"), "https://github.com/pgbouncer/pgbouncer/blob/master/src/sbuf.c"],
  }),
  *check({ pooler }) {
    if (
      pooler &&
      word(pooler, "client_tls_sslmode") === "verify-ca" &&
      known(pooler, "client_tls_ca_file") === ""
    )
      yield {
        ...about(pooler, "client_tls_sslmode"),
        message:
          "client_tls_sslmode = verify-ca without client_tls_ca_file starts, and then has no CA of yours to check clients with.",
      };
  },
});
