import { defineRule } from "../../engine/rule.ts";
import { hbaAsksForTls } from "../support/pooler-hba.ts";
import { about, asksForTls, listensOn, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const CONTAINERS = ["docker", "kubernetes", "cnpg"];

export default defineRule({
  id: "pooler/listen-everywhere",
  title: "PgBouncer listens on every address of the host",
  severity: "warning",
  controls: ["T14", "pgbouncer/listen-wildcard"],
  docs: () => ({
    why: "Every network that the host is in, also one that it joins later, reaches the pooler, and through it the servers behind: their pg_hba.conf sees PgBouncer, not the client.",
    fix: "Name the addresses that clients use: listen_addr = 127.0.0.1, 10.0.0.7. An empty value leaves the Unix socket alone.",
    traps:
      "PgBouncer has no list of allowed clients except with auth_type = hba. In a container `*` is usual, and the network policy or the published ports are the fence.",
    leave:
      "In a container or behind a firewall whose rules you know; a wildcard is also of use for addresses that come and go.",
    see: [poolerDocs("listen_addr"), poolerDocs("auth_hba_file")],
  }),
  *check({ pooler, poolerAccess, target }) {
    if (!pooler || listensOn(pooler) !== "everywhere") return;
    const tls = asksForTls(pooler) || hbaAsksForTls(poolerAccess);
    yield {
      ...about(pooler, "listen_addr"),
      ...((tls || CONTAINERS.includes(target.platform)) && { severity: "info" }),
      message: `listen_addr = ${pooler.text("listen_addr")} takes clients on every address of the host${tls ? "; name" : `, and client_tls_sslmode = ${pooler.text("client_tls_sslmode")} asks none for TLS; write require, or name`} the addresses that clients use.`,
      ...(!tls && { related: relatedTo(pooler, "client_tls_sslmode", "TLS is up to the client") }),
    };
  },
});
