import { defineRule } from "../../engine/rule.ts";
import { about, number, numberSet, topOf } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/port-sharing",
  title: "several PgBouncers share a port and do not know each other",
  severity: "warning",
  controls: ["T45", "pgbouncer/F-reuseport", "pgbouncer/F-peers"],
  versions: { pgbouncer: ">=1.19" },
  docs: () => ({
    why: "With so_reuseport the kernel gives each connection to any of the processes. A cancel request is a connection of its own: it reaches a process that does not know the query, and Ctrl-C does nothing.",
    fix: "Give each process a peer_id, and list all of them in [peers] with the host= of their Unix sockets. unix_socket_dir, pidfile and logfile must differ too.",
    traps: "All peers must be on the same side of 1.21. peer_id goes up to 16383.",
    leave: "Where no client ever cancels a query.",
    see: [poolerDocs("so_reuseport"), poolerDocs("section-peers"), poolerDocs("peer_id")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    const id = number(pooler, "peer_id") ?? 0;
    if (numberSet(pooler, "so_reuseport") && (id === 0 || pooler.peers.size === 0))
      yield {
        ...about(pooler, "so_reuseport"),
        message: `so_reuseport = 1 without ${id === 0 ? "peer_id" : "[peers]"}: cancel requests reach the wrong process and are lost.`,
      };
    else if (pooler.peers.size > 0 && id === 0)
      yield {
        place: topOf(pooler),
        severity: "info",
        message: `[peers] has ${pooler.peers.size} entr${pooler.peers.size > 1 ? "ies" : "y"}, and no peer_id is set, so that they have no effect.`,
        setting: "peer_id",
      };
    if (id > 16_383)
      yield {
        ...about(pooler, "peer_id"),
        message: `peer_id = ${id} does not fit into a cancel key; the largest is 16383.`,
      };
  },
});
