import { defineRule } from "../../engine/rule.ts";
import { cipherWords, letsIn, RSA_EXCHANGE } from "../support/ciphers.ts";
import { settingDocs } from "../support/sources.ts";
import { lacking } from "../support/written.ts";

export default defineRule({
  id: "tls/forward-secrecy",
  title: "the list of ciphers lets RSA key exchange in",
  severity: "info",
  profiles: ["strict", "cis"],
  controls: ["C03", "CIS 6.10"],
  docs: () => ({
    why: "With RSA key exchange the server's private key opens every connection that somebody ever recorded. All of TLS 1.3, and ECDHE in TLS 1.2, use a key of their own for each connection.",
    fix: "Put `!kRSA` at the end of ssl_ciphers: `HIGH:!aNULL:!kRSA`. Any client of the last ten years has ECDHE.",
    traps: "The default list has RSA key exchange in it; clients only use it when they have nothing better.",
    leave: "For old clients without ECDHE.",
    see: [settingDocs("connection", "ssl_ciphers"), "https://www.rfc-editor.org/rfc/rfc9325#section-4.1"],
  }),
  *check({ conf }) {
    const ciphers = conf?.known("ssl_ciphers");
    if (!conf || !ciphers) return;
    const ssl = conf.known("ssl")?.value;
    if (ssl === false || (!ciphers.item && ssl !== true)) return;
    if (conf.known("ssl_min_protocol_version")?.value === "TLSv1.3") return;
    const words = cipherWords(ciphers.base);
    if (!letsIn(words, RSA_EXCHANGE)) return;
    yield lacking(
      conf,
      ciphers,
      [...words, RSA_EXCHANGE.without].join(":"),
      `ssl_ciphers${ciphers.item ? "" : ", at its default,"} lets in RSA key exchange, which has no forward secrecy.`,
    );
  },
});
