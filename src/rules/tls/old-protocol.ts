import { defineRule } from "../../engine/rule.ts";
import { listensOn } from "../support/reach.ts";
import { settingDocs } from "../support/sources.ts";
import { lacking } from "../support/written.ts";

const OLD: ReadonlySet<string> = new Set(["TLSv1", "TLSv1.1"]);

export default defineRule({
  id: "tls/old-protocol",
  title: "the server still speaks TLS 1.0 or 1.1",
  severity: "warning",
  versions: { postgres: ">=12" },
  controls: ["C02", "CIS 6.9"],
  docs: () => ({
    why: "TLS 1.0 and 1.1 are withdrawn (RFC 8996): they rest on MD5 and SHA-1, and every audit for card data or health data fails on them. A client that can do better uses better, but somebody on the way may try to talk it down.",
    fix: "Write `ssl_min_protocol_version = 'TLSv1.2'`, the default of 13 and later.",
    traps:
      "12 has TLSv1 as its default. Before you raise it, pg_stat_ssl tells which versions clients use; very old JDBC drivers and Java 7 stop at 1.0. OpenSSL 3 only speaks TLS 1.0 and 1.1 with @SECLEVEL=0 in ssl_ciphers. CIS asks for 1.2; pgdsat and CloudNativePG want 1.3 alone, which shuts out older drivers without need.",
    leave: "While the last client that needs it is being replaced; give that a date.",
    see: [settingDocs("connection", "ssl_min_protocol_version"), "https://www.rfc-editor.org/rfc/rfc8996"],
  }),
  *check({ conf }) {
    const oldest = conf?.known("ssl_min_protocol_version");
    if (!conf || !oldest || !OLD.has(oldest.base) || conf.known("ssl")?.value === false) return;
    // The default of 12 is worth a line only where others can reach the server.
    if (!oldest.item && listensOn(conf) !== "remote") return;
    yield {
      ...lacking(
        conf,
        oldest,
        "TLSv1.2",
        `The server speaks ${oldest.base} and later${oldest.item ? "" : " by default"}; TLSv1.2 should be the oldest.`,
      ),
      ...(!oldest.item && { severity: "info" }),
    };
  },
});
