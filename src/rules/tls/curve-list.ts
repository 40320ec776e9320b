import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

/** Names that OpenSSL knows, of keys that it does not make from a curve's parameters. */
const NO_CURVE = /^X(?:25519|448)$/;
/** No names of curves, though OpenSSL's programs, or PostgreSQL 18, take them. */
const FOREIGN = /:|^(?:P-\d+|auto|X25519|X448)$/i;

export default defineRule({
  id: "tls/curve-list",
  title: "ssl_ecdh_curve with more than it takes before 18",
  severity: "error",
  versions: { postgres: "<18" },
  controls: ["C09"],
  docs: () => ({
    why: "Up to 17 ssl_ecdh_curve is one curve by its OpenSSL name. A list, X25519, `auto` or a NIST name such as P-256, copied from the configuration of a web server or of PostgreSQL 18, ends the start when ssl is on; at a reload the server goes on with its old TLS settings.",
    fix: "Write `ssl_ecdh_curve = 'prime256v1'`, the default, or secp384r1.",
    traps: "18 has ssl_groups, a list in order of preference, and reads ssl_ecdh_curve as its old name.",
    leave: "Never: the server does not start. Only ssl = off hides it.",
    see: [
      "https://www.postgresql.org/docs/17/runtime-config-connection.html#GUC-SSL-ECDH-CURVE",
      settingDocs("connection", "ssl_groups"),
    ],
  }),
  *check({ conf }) {
    const curve = writtenIn(conf, "ssl_ecdh_curve");
    if (!curve || conf?.known("ssl")?.value !== true) return;
    if (!FOREIGN.test(curve.base)) return;
    const use = /^P-(?:384|521)$/i.test(curve.base) ? `secp${curve.base.slice(2)}r1` : "prime256v1";
    yield {
      ...unwiseFor(
        curve,
        use,
        `ssl_ecdh_curve takes one curve by its OpenSSL name before 18, and "${curve.base}" is none.`,
      ),
      server: refusesStart(
        NO_CURVE.test(curve.base)
          ? "ECDH: could not create key"
          : `ECDH: unrecognized curve name: ${curve.base}`,
      ),
    };
  },
});
