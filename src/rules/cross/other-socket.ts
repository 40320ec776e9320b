import { defineRule } from "../../engine/rule.ts";
import { canonicalPath } from "../../text/files.ts";
import { splitDirectories } from "../../values/lists.ts";
import { related } from "../support/conf.ts";
import { type Backend, besides } from "../support/cross-backends.ts";
import { namePlace, pairOf, pairPlace, some } from "../support/pooler-settings.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "cross/other-socket",
  title: "PgBouncer looks for the server's socket in another directory",
  severity: "warning",
  controls: ["U17"],
  docs: () => ({
    why: "A database without host= is reached through a Unix socket in PgBouncer's unix_socket_dir, /tmp by default. Where the server keeps its socket elsewhere, PgBouncer finds none, and clients get `server login failed`.",
    fix: "Name the server's directory in the entry: host=/var/run/postgresql.",
    traps: "unix_socket_dir is also where PgBouncer's own socket is, so that changing it moves that.",
    leave: "Where a link or a mount makes them one directory.",
    see: [poolerDocs("host"), settingDocs("connection", "unix_socket_directories")],
  }),
  *check(cluster) {
    const sockets = cluster.conf?.known("unix_socket_directories");
    const directories = sockets?.item && splitDirectories(sockets.base);
    // What is built in, only the package knows: /tmp, or Debian's /var/run/postgresql.
    if (!sockets || !directories) return;
    const places = new Set(directories.map(plain));
    const lost = besides(cluster).here.filter((backend) => {
      const directory = directoryOf(backend);
      return directory !== undefined && !places.has(plain(directory));
    });
    const [first] = lost;
    if (!first) return;
    const pair = pairOf(first.target, "host");
    const [instead] = directories;
    const has = instead === undefined ? "has none" : `has it in ${some(directories)}`;
    yield {
      place: pair ? pairPlace(first.target, pair) : namePlace(first.target),
      message: `PgBouncer looks for the socket of ${some(lost.map(({ name }) => name))} in ${directoryOf(first)}, and the server ${has}.`,
      ...(instead !== undefined && { suggested: `host=${instead}` }),
      related: related(sockets, "the server's sockets"),
    };
  },
});

/** Undefined for TCP, and where a pooler of that name says the same (pooler/server-socket). */
function directoryOf({ origins: [origin], target }: Backend): string | undefined {
  if (origin?.kind !== "socket" || origin.directory === undefined) return undefined;
  const isToldElsewhere = !pairOf(target, "host") && /pgbouncer|pooler/i.test(origin.directory);
  return isToldElsewhere ? undefined : origin.directory;
}

/** /var/run is /run on every system of these days. */
const plain = (path: string) => canonicalPath(path).replace(/^\/var\/run(?=\/|$)/, "/run");
