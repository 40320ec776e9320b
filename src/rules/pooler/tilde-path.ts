import { defineRule } from "../../engine/rule.ts";
import { about } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const PATHS = [
  "auth_file",
  "auth_hba_file",
  "auth_ident_file",
  "logfile",
  "pidfile",
  "resolv_conf",
  "unix_socket_dir",
  "client_tls_ca_file",
  "client_tls_cert_file",
  "client_tls_key_file",
  "server_tls_ca_file",
  "server_tls_cert_file",
  "server_tls_key_file",
];

export default defineRule({
  id: "pooler/tilde-path",
  title: "PgBouncer does not know ~ in a path",
  severity: "warning",
  controls: ["pgbouncer/auth-file-missing"],
  docs: () => ({
    why: "The path is taken as it is, so that the file is looked for in a directory called `~`. A missing auth_file is one line in the log, and nobody can log in.",
    fix: "Write the absolute path.",
    leave: "Never.",
    see: [poolerDocs("auth_file")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    for (const name of PATHS) {
      const path = pooler.settings.get(name)?.text;
      if (path?.startsWith("~"))
        yield {
          ...about(pooler, name),
          message: `${name} = ${path}: PgBouncer takes ~ for the name of a directory; write the absolute path.`,
        };
    }
  },
});
