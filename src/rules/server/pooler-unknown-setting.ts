import { nearestName } from "../../catalog/nearest.ts";
import { poolerNames, poolerSince } from "../../catalog/pgbouncer.ts";
import { isSince } from "../../catalog/pooler-version.ts";
import { defineRule } from "../../engine/rule.ts";
import { entryOf } from "../../text/entry-of.ts";
import { poolerName } from "../support/pooler.ts";
import { poolerDocs } from "../support/sources.ts";

/** What people write, and mean. */
const MEANT: Readonly<Record<string, string>> = {
  pool_size: "default_pool_size",
  listen_addresses: "listen_addr",
  port: "listen_port",
  log_file: "logfile",
  pid_file: "pidfile",
  unix_socket_directory: "unix_socket_dir",
  unix_socket_directories: "unix_socket_dir",
  max_connections: "max_client_conn",
  reserve_pool: "reserve_pool_size",
  ident_file: "auth_ident_file",
  hba_file: "auth_hba_file",
  auth_hba: "auth_hba_file",
  auth_database: "auth_dbname",
  client_tls_cert: "client_tls_cert_file",
  client_tls_key: "client_tls_key_file",
  server_tls_mode: "server_tls_sslmode",
};

export default defineRule({
  id: "server/pooler-unknown-setting",
  title: "a name that this release of PgBouncer does not know",
  severity: "error",
  controls: ["T40", "pgbouncer/unknown-setting"],
  docs: () => ({
    why: "PgBouncer does not start with an unknown name in [pgbouncer]. Names are case-sensitive, and a setting of a later release is as unknown as a misspelt one.",
    fix: "Correct the name, or upgrade. If the target is wrong, say the right one with `--pgbouncer`.",
    see: [poolerDocs()],
  }),
  *check({ problems, target: { pgbouncer } }) {
    const unknown = problems("pooler/unknown-setting");
    const names = unknown.length > 0 ? poolerNames(pgbouncer, "pgbouncer") : [];
    for (const { place, entry, server } of unknown) {
      const since = poolerSince("pgbouncer", entry.key);
      const later = since !== undefined && !isSince(pgbouncer, since);
      const lower = entry.key.toLowerCase();
      const near =
        names.find((name) => name === lower) ?? entryOf(MEANT, lower) ?? nearestName(entry.key, names);
      const said = later
        ? `${entry.key} came with PgBouncer ${since}; ${poolerName(pgbouncer)} does not start with it.`
        : undefined;
      yield {
        place,
        message:
          said ??
          `${poolerName(pgbouncer)} has no setting ${entry.key || "without a name"}${near ? `; did you mean ${near}?` : "."}`,
        current: entry.key,
        server,
        ...(!later &&
          near !== undefined && {
            suggested: near,
            fix: { title: `Write ${near}`, safe: near === lower, edits: [{ place, text: near }] },
          }),
      };
    }
  },
});
