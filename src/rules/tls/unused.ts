import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

/** Nobody writes one of these for a server without TLS. */
const FOR_TLS = ["ssl_cert_file", "ssl_key_file", "ssl_ca_file"];

export default defineRule({
  id: "tls/unused",
  title: "settings for TLS, and TLS is off",
  severity: "info",
  controls: ["C11"],
  docs: () => ({
    why: "With ssl off the server reads none of the other ssl_ settings. A certificate in the file makes everybody believe that connections are encrypted; clients with sslmode=prefer, the default, connect in clear text without a word.",
    fix: "Write `ssl = on`, or take the other lines out.",
    traps: "ssl is off by default: naming a certificate does not switch it on.",
    leave: "Where ssl is switched on elsewhere, for example on the command line.",
    see: [settingDocs("connection", "ssl")],
  }),
  *check({ conf }) {
    const ssl = conf?.known("ssl");
    if (ssl?.value !== false) return;
    const [first] = FOR_TLS.map((name) => writtenIn(conf, name)).filter((setting) => setting?.base);
    if (!first) return;
    yield {
      ...unwise(first, `${first.setting.name} does nothing: ssl is off${ssl.item ? "" : " by default"}.`),
      ...(!ssl.item && { severity: "warning" }),
      related: related(ssl, "TLS is switched off here"),
    };
  },
});
