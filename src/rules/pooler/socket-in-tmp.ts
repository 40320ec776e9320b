import { defineRule } from "../../engine/rule.ts";
import { about, known, number, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/socket-in-tmp",
  title: "PgBouncer's socket lies in /tmp, open to every user of the host",
  severity: "info",
  controls: ["T21", "pgbouncer/socket-mode", "pgbouncer/F-squat"],
  profiles: ["strict"],
  docs: () => ({
    why: "Before PgBouncer starts, any local user can put a socket of the same name there and wait for passwords. And cleaners of /tmp remove sockets.",
    fix: "Write unix_socket_dir = /run/pgbouncer, a directory that only PgBouncer's user may write, and unix_socket_mode = 0770 with unix_socket_group where not everybody is to connect.",
    traps:
      "The directory is also where PgBouncer looks for a server's socket when a database has no host=; name that one as host=/var/run/postgresql.",
    leave: "On a host without other users, such as a container.",
    see: [poolerDocs("unix_socket_dir"), poolerDocs("unix_socket_mode")],
  }),
  *check({ pooler, target }) {
    if (!pooler || ["docker", "kubernetes", "cnpg"].includes(target.platform)) return;
    const directory = known(pooler, "unix_socket_dir");
    const mode = number(pooler, "unix_socket_mode");
    // The default has to be read in octal.
    const everybody =
      !pooler.settings.has("unix_socket_mode") || (mode !== undefined && (mode & 0o002) !== 0);
    if (directory !== "/tmp" || mode === undefined || !everybody) return;
    const isSet = pooler.settings.has("unix_socket_dir");
    yield {
      ...about(pooler, "unix_socket_dir", "/run/pgbouncer"),
      message: `unix_socket_dir ${isSet ? "=" : "is not set, which is"} /tmp with mode ${pooler.text("unix_socket_mode")}: every user of the host can connect, or take the socket's place before PgBouncer starts.`,
      related: relatedTo(pooler, "unix_socket_mode", "everybody may connect"),
    };
  },
});
