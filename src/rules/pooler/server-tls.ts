import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, isRemoteHost, pairOf, pairPlace, some, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const WEAK = {
  disable: "goes without TLS",
  allow: "goes without TLS wherever the server lets it",
  prefer: "goes without TLS where the server has none, and never checks who answers",
  require: "is encrypted, and never checks who answers",
} as const;

/** A name without a dot is mostly a container of the same host. */
const isNearby = (host: string) => !/[.:]/.test(host);

export default defineRule({
  id: "pooler/server-tls",
  title: "PgBouncer reaches a server over the network without checking its certificate",
  severity: "warning",
  controls: ["T16", "pgbouncer/server-tls-weak"],
  docs: () => ({
    why: "Who can answer in the server's place gets the passwords' proofs and all queries. Clients believe that they are safe because their own connection to PgBouncer is.",
    fix: "Write server_tls_sslmode = verify-full and server_tls_ca_file = the CA of the servers' certificates.",
    traps:
      "The setting is for all databases; sslmode in a connection string is refused. The default was disable before 1.20 and is prefer since. verify-full compares the name in host=, so an address there must stand in the certificate.",
    leave: "Where the network between them is encrypted or their own, such as a VPN or a private link.",
    see: [poolerDocs("server_tls_sslmode")],
  }),
  *check({ pooler }) {
    const mode = pooler && word(pooler, "server_tls_sslmode");
    if (!pooler || (mode !== "disable" && mode !== "allow" && mode !== "prefer" && mode !== "require"))
      return;
    const remote = databasesOf(pooler).filter(({ hosts }) => hosts?.some(isRemoteHost));
    const [first] = remote;
    const host = first && pairOf(first.target, "host");
    if (!first || !host) return;
    const hosts = [...new Set(remote.flatMap((database) => database.hosts ?? []).filter(isRemoteHost))];
    const isSet = pooler.settings.has("server_tls_sslmode");
    yield {
      ...about(pooler, "server_tls_sslmode", "verify-full"),
      ...((mode === "require" || hosts.every(isNearby)) && { severity: "info" }),
      message: `server_tls_sslmode ${isSet ? "=" : "is not set, which is"} ${mode}: the connection to ${some(hosts)} ${WEAK[mode]}; write verify-full.`,
      related: [{ place: pairPlace(first.target, host), message: "a server on another machine" }],
    };
  },
});
