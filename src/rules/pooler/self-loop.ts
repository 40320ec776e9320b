import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { known, lineOf, namePlace, number, pairOf, pairPlace } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/self-loop",
  title: "a database leads back to this PgBouncer",
  severity: "error",
  controls: ["pgbouncer/self-loop"],
  docs: () => ({
    why: "host and port are the ones that PgBouncer itself listens on. Each client becomes a client of its own pool, until max_client_conn is used up.",
    fix: "Write the port that PostgreSQL listens on, mostly 5432, and move PgBouncer to another.",
    leave: "Never.",
    see: [poolerDocs("section-databases"), poolerDocs("listen_port")],
  }),
  *check({ pooler }) {
    const port = pooler && number(pooler, "listen_port");
    if (!pooler || port === undefined) return;
    const addresses = (known(pooler, "listen_addr") ?? "").split(",").map((address) => address.trim());
    const everywhere = addresses.includes("*") || addresses.includes("0.0.0.0");
    const own = (host: string) =>
      addresses.includes(host) ||
      ((everywhere || addresses.includes("localhost")) && ["localhost", "127.0.0.1"].includes(host));
    const sockets = known(pooler, "unix_socket_dir");
    for (const { target, hosts, port: itsPort, name } of databasesOf(pooler)) {
      const host = pairOf(target, "host");
      const loops = hosts
        ? hosts.some(own)
        : sockets !== "" && (host === undefined || host.value === sockets);
      if (itsPort !== port || !loops) continue;
      const pair = pairOf(target, "port") ?? host;
      const listen = lineOf(pooler, "listen_port");
      yield {
        place: pair ? pairPlace(target, pair) : namePlace(target),
        message: `${name} leads to ${host?.value ?? `the socket in ${sockets}`} port ${port}, where this PgBouncer listens itself.`,
        ...(listen && { related: [{ place: listen, message: "the same port" }] }),
      };
    }
  },
});
