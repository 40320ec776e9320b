import { defineRule } from "../../engine/rule.ts";
import { lineOf, namePlace, pairOf, some } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/server-socket",
  title: "a database without host= is looked for in PgBouncer's own socket directory",
  severity: "warning",
  controls: ["pgbouncer/host-localhost-auth"],
  docs: () => ({
    why: "PgBouncer takes unix_socket_dir both for its own socket and for that of the server. With a directory of its own, such as /run/pgbouncer, it finds no PostgreSQL there, and every client gets `server login failed`.",
    fix: "Write host=/var/run/postgresql, the server's unix_socket_directories, into the entry.",
    traps: "An empty unix_socket_dir makes it /tmp.",
    leave: "Where PostgreSQL has a socket in that directory too.",
    see: [poolerDocs("host"), poolerDocs("unix_socket_dir")],
  }),
  *check({ pooler }) {
    const directory = pooler?.settings.get("unix_socket_dir")?.text ?? "";
    if (!pooler || !/pgbouncer|pooler/i.test(directory)) return;
    const without = [...pooler.databases.values()].filter((target) => !pairOf(target, "host"));
    const [first] = without;
    const place = lineOf(pooler, "unix_socket_dir");
    if (!first || !place) return;
    yield {
      place: namePlace(first),
      confidence: "medium",
      message: `${some(without.map(({ name }) => name))} ha${without.length > 1 ? "ve" : "s"} no host=, so that PgBouncer looks for PostgreSQL's socket in ${directory}; write host=/var/run/postgresql.`,
      suggested: "host=/var/run/postgresql",
      related: [{ place, message: "where it looks" }],
    };
  },
});
