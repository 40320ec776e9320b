import { defineRule } from "../../engine/rule.ts";
import { serverConnections } from "../support/pooler-pools.ts";
import { about, numberSet } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

/** What systemd and most shells give a process. */
const USUAL_LIMIT = 1024;
/** Listening sockets, the log, the pidfile, DNS. */
const OWN = 10;

export default defineRule({
  id: "pooler/open-files",
  title: "clients and pools need more open files than a process may have by default",
  severity: "info",
  controls: ["T35", "pgbouncer/D3"],
  docs: () => ({
    why: "Each client and each server connection is an open file. At the limit PgBouncer stops accepting: clients hang in connect, long before max_client_conn is reached, and the log says `accept() failed: Too many open files`.",
    fix: "Write LimitNOFILE=65536 under [Service] (systemctl edit pgbouncer), or raise `ulimit -n` before it starts.",
    traps:
      "PgBouncer does not raise the limit itself. It logs `max expected fd use` at the start; the unit file that comes with it has LimitNOFILE commented out.",
    leave: "Where the service has such a limit already; the files do not say.",
    see: [poolerDocs("max_client_conn"), "https://github.com/pgbouncer/pgbouncer/blob/master/src/main.c"],
  }),
  *check({ pooler, poolerAccess, target }) {
    const clients = pooler && numberSet(pooler, "max_client_conn");
    if (!pooler || !clients || ["docker", "kubernetes", "cnpg"].includes(target.platform)) return;
    const servers = serverConnections(pooler, poolerAccess);
    const needed = clients + servers + OWN;
    if (needed > USUAL_LIMIT)
      yield {
        ...about(pooler, "max_client_conn"),
        confidence: "medium",
        message: `${clients} clients, ${servers} server connections and some ${OWN} files of its own are ${needed} open files, over the usual limit of ${USUAL_LIMIT}; see that LimitNOFILE allows them.`,
      };
  },
});
