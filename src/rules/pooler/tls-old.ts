import { defineRule } from "../../engine/rule.ts";
import { about, listOf, rewritten, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const OLD = ["all", "legacy", "tlsv1", "tlsv1.0", "tlsv1.1"];

export default defineRule({
  id: "pooler/tls-old",
  title: "TLS versions or ciphers that are broken are allowed",
  severity: "warning",
  controls: ["T19", "pgbouncer/tls-old"],
  docs: () => ({
    why: "TLS 1.0 and 1.1 were withdrawn in 2021 (RFC 8996); auditors report them, and the ciphers that `all` and `legacy` bring have known weaknesses.",
    fix: "Write secure, the default: TLS 1.2 and 1.3.",
    traps:
      "`all` sounds like the most compatible choice and switches the withdrawn versions on. It does nothing where sslmode is disable.",
    leave: "Where a client that cannot be replaced knows no TLS 1.2.",
    see: [poolerDocs("client_tls_protocols"), poolerDocs("server_tls_protocols")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    for (const side of ["client", "server"]) {
      if (word(pooler, `${side}_tls_sslmode`) === "disable") continue;
      const name = `${side}_tls_protocols`;
      const words = listOf((pooler.settings.get(name)?.text ?? "").toLowerCase().replaceAll(":", ","));
      const old = words.filter((it) => OLD.includes(it) && !words.includes(`!${it}`));
      if (old.length > 0)
        yield {
          ...about(pooler, name, "secure"),
          message: `${name} = ${pooler.text(name)} allows TLS 1.0 or 1.1, which were withdrawn; write secure.`,
          ...rewritten(pooler, name, "secure", false),
        };
    }
    if (pooler.settings.get("client_tls_dheparams")?.text.toLowerCase() === "legacy")
      yield {
        ...about(pooler, "client_tls_dheparams", "auto"),
        message: "client_tls_dheparams = legacy allows 1024-bit Diffie-Hellman keys; write auto.",
        ...rewritten(pooler, "client_tls_dheparams", "auto", false),
      };
  },
});
