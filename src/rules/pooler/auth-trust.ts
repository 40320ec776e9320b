import { defineRule } from "../../engine/rule.ts";
import { isRemoteLine, mayBeOpen } from "../support/pooler-hba.ts";
import { about, known, word } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/auth-trust",
  title: "trust lets clients of PgBouncer in without a password",
  severity: "warning",
  controls: ["T02", "pgbouncer/auth-trust"],
  docs: () => ({
    why: "Who knows the name of a user of the auth_file is in, and PgBouncer then uses that user's stored password on the server. pg_hba.conf of PostgreSQL does not help: it sees PgBouncer.",
    fix: "Write scram-sha-256. For the same user of the same machine, over the Unix socket, write auth_type = hba and a line `local all all peer`.",
    traps:
      "The name must stand in auth_file all the same. Names of admin_users are administrators of the console, without a password too.",
    leave:
      "Where PgBouncer is a sidecar: it listens on loopback or a socket alone, and every process that reaches it is the application.",
    see: [poolerDocs("auth_type"), poolerDocs("hba-file-format")],
  }),
  *check({ pooler, poolerAccess }) {
    if (!pooler) return;
    const open = mayBeOpen(pooler);
    const address = known(pooler, "listen_addr");
    if (word(pooler, "auth_type") === "trust")
      yield {
        ...about(pooler, "auth_type", "scram-sha-256"),
        severity: open ? "error" : "warning",
        message: open
          ? `auth_type = trust lets everybody who reaches this PgBouncer${address ? ` (listen_addr = ${address})` : ""} in without a password.`
          : "auth_type = trust lets every process of this machine in without a password.",
      };
    for (const line of poolerAccess?.hba?.lines ?? []) {
      if (line.method !== "trust") continue;
      const remote = open && isRemoteLine(line);
      yield {
        place: line.place,
        severity: remote ? "error" : "warning",
        message: `This line lets ${remote ? "other machines" : "every process of this machine"} in without a password; write scram-sha-256.`,
        current: "trust",
        suggested: "scram-sha-256",
      };
    }
  },
});
