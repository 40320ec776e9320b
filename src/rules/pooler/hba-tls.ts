import { defineRule } from "../../engine/rule.ts";
import { asksForTls, relatedTo, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/hba-tls",
  title: "a line of auth_hba_file that no client can match, for client_tls_sslmode",
  severity: "warning",
  controls: ["T06", "pgbouncer/hba", "pgbouncer/client-tls-off"],
  docs: () => ({
    why: "With client_tls_sslmode = disable, the default, no client ever has TLS, so that hostssl lines match nobody: the clients fall through to a later line, or are turned away. With require hostnossl matches nobody.",
    fix: "Write client_tls_sslmode = require, with key and certificate; or host where TLS is not meant.",
    traps: "TLS over a Unix socket does not count as hostssl.",
    leave: "While TLS is about to be switched on.",
    see: [poolerDocs("client_tls_sslmode"), poolerDocs("hba-file-format")],
  }),
  *check({ pooler, poolerAccess }) {
    const mode = pooler && word(pooler, "client_tls_sslmode");
    if (!pooler || mode === undefined) return;
    const dead = mode === "disable" ? "hostssl" : asksForTls(pooler) ? "hostnossl" : undefined;
    for (const line of poolerAccess?.hba?.lines ?? [])
      if (line.type === dead && line.method !== "reject")
        yield {
          place: line.place,
          message: `This ${dead} line matches nobody, as client_tls_sslmode is ${mode}.`,
          related: relatedTo(pooler, "client_tls_sslmode", `${mode}`),
        };
  },
});
