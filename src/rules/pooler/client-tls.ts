import { defineRule } from "../../engine/rule.ts";
import { hbaAsksForTls } from "../support/pooler-hba.ts";
import { about, asksForTls, isOpen, listensOn, relatedTo, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/client-tls",
  title: "clients may reach PgBouncer over the network without TLS",
  severity: "warning",
  controls: ["T15", "pgbouncer/client-tls-off"],
  docs: () => ({
    why: "Queries and their results can be read and changed on the way, and passwords too where the method sends them.",
    fix: "Write client_tls_sslmode = require with client_tls_key_file and client_tls_cert_file.",
    traps:
      "allow and prefer mean the same here: the client decides, and an attacker on the way can decide for it. The default is disable. Lines of auth_hba_file that are all hostssl ask for TLS as well, and nothing is said then.",
    leave:
      "Where the network itself is encrypted (a mesh, a VPN), or a sidecar ends TLS in front of PgBouncer.",
    see: [poolerDocs("client_tls_sslmode")],
  }),
  *check({ pooler, poolerAccess }) {
    const mode = pooler && word(pooler, "client_tls_sslmode");
    if (!pooler || mode === undefined || asksForTls(pooler)) return;
    // pooler/listen-everywhere says both at once.
    const listens = listensOn(pooler);
    if (!isOpen(listens) || listens === "everywhere") return;
    if (mode !== "disable" && hbaAsksForTls(poolerAccess)) return;
    const isSet = pooler.settings.has("client_tls_sslmode");
    yield {
      ...about(pooler, "client_tls_sslmode", "require"),
      message: `client_tls_sslmode ${isSet ? "=" : "is not set, which is"} ${mode}: ${mode === "disable" ? "no client on another machine can use TLS" : "a client on another machine may do without TLS"}; write require.`,
      related: relatedTo(pooler, "listen_addr", "where other machines reach it"),
    };
  },
});
