import { defineRule } from "../../engine/rule.ts";
import { placeOf } from "../support/conf.ts";
import { databasesHere } from "../support/cross-backends.ts";
import { about, some, word } from "../support/pooler-settings.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

const WANTS_TLS = ["require", "verify-ca", "verify-full"];

export default defineRule({
  id: "cross/tls-refused",
  title: "PgBouncer insists on TLS, and the server has ssl off",
  severity: "error",
  controls: ["U15"],
  docs: () => ({
    why: "With `server_tls_sslmode = require` or one of the verify modes PgBouncer drops every connection on which the server does not take up TLS. With ssl = off it never does, so that no client of the pooler gets a query through.",
    fix: "Give the server a certificate and set ssl = on. On one machine a Unix socket does without: host=/var/run/postgresql.",
    traps: "ssl is off by default, and PgBouncer starts without a word; the first login tells.",
    leave: "Where the server that PgBouncer is for is another one than the one whose files are here.",
    see: [poolerDocs("server_tls_sslmode"), settingDocs("connection", "ssl")],
  }),
  *check(cluster) {
    const { conf, pooler } = cluster;
    const ssl = conf?.known("ssl");
    const mode = pooler && word(pooler, "server_tls_sslmode");
    if (!pooler || ssl?.value !== false || !mode || !WANTS_TLS.includes(mode)) return;
    const { databases, confidence } = databasesHere(cluster);
    const names = databases.filter(({ hosts }) => hosts !== null).map(({ name }) => name);
    if (names.length === 0) return;
    const off = placeOf(ssl);
    yield {
      ...about(pooler, "server_tls_sslmode"),
      ...(confidence === "low" && { confidence, severity: "warning" as const }),
      message: `PgBouncer reaches ${some(names)} with TLS only (${mode}), and the server's ssl is off${off ? "" : " by default"}.`,
      related: off ? [{ place: off, message: "TLS is switched off here" }] : [],
    };
  },
});
