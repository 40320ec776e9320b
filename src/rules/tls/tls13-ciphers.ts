import { defineRule } from "../../engine/rule.ts";
import { cipherWords } from "../support/ciphers.ts";
import { settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

const TLS13 = /^TLS_(?:AES|CHACHA20|SM4|SHA)/;

export default defineRule({
  id: "tls/tls13-ciphers",
  title: "names of TLS 1.3 in the list for TLS 1.2",
  severity: "warning",
  controls: ["C03"],
  docs: () => ({
    why: "OpenSSL keeps the suites of TLS 1.3 in another list. In ssl_ciphers their names choose nothing: those that the author meant to leave out stay in. A list of such names alone leaves no cipher for TLS 1.2, and a server with a current OpenSSL (Debian's, for one) does not start with it.",
    fix: "Take them out of ssl_ciphers. From 18 on ssl_tls13_ciphers is the place for them; before, the suites of TLS 1.3 are what OpenSSL has.",
    traps:
      "To have TLS 1.3 alone, write `ssl_min_protocol_version = 'TLSv1.3'` and leave ssl_ciphers at its default.",
    leave: "Nothing speaks for it.",
    see: [settingDocs("connection", "ssl_ciphers"), settingDocs("connection", "ssl_tls13_ciphers")],
  }),
  *check({ conf }) {
    const ciphers = writtenIn(conf, "ssl_ciphers");
    if (!conf || !ciphers || conf.known("ssl")?.value === false) return;
    const words = cipherWords(ciphers.base);
    const misplaced = words.find((word) => TLS13.test(word));
    if (misplaced === undefined) return;
    const rest = words.filter((word) => !TLS13.test(word));
    const elsewhere = conf.version.major >= 18 ? "; it belongs into ssl_tls13_ciphers" : "";
    const alone = !rest.some((word) => /^[^-+!@]/.test(word));
    yield {
      ...unwise(
        ciphers,
        alone
          ? `ssl_ciphers names only suites of TLS 1.3, which have another list: with a current OpenSSL the server does not start.`
          : `${misplaced} is a suite of TLS 1.3, which ssl_ciphers does not choose${elsewhere}.`,
      ),
      ...(alone && { severity: "error", confidence: "medium" }),
      suggested: alone ? (ciphers.setting.default ?? "") : rest.join(":"),
    };
  },
});
