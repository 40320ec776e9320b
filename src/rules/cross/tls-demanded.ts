import { defineRule } from "../../engine/rule.ts";
import { type ServerLogin, serverLoginsHere } from "../support/cross-logins.ts";
import { firstLine } from "../support/hba.ts";
import { about, some, word } from "../support/pooler-settings.ts";
import { pgDocs, poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "cross/tls-demanded",
  title: "pg_hba.conf has only hostssl for PgBouncer, which connects without TLS",
  severity: "warning",
  controls: ["U16"],
  docs: () => ({
    why: "With `server_tls_sslmode = disable` PgBouncer never asks the server for TLS, and hostssl records do not match what is not encrypted. Every login through the pooler ends with `no pg_hba.conf entry … no encryption`.",
    fix: "Set server_tls_sslmode to prefer, or better to verify-full with server_tls_ca_file.",
    traps: "disable was the default before 1.20; an upgrade may mend it unseen.",
    leave: "Never: as long as it is so, the database is out of reach.",
    see: [poolerDocs("server_tls_sslmode"), pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    const { pooler } = cluster;
    if (!pooler || word(pooler, "server_tls_sslmode") !== "disable") return;
    const logins = serverLoginsHere(cluster);
    const backends = [...new Set(logins.map(({ backend }) => backend))].filter((backend) =>
      logins.every((login) => login.backend !== backend || login.landing === "turned away"),
    );
    const waiting = logins.filter((login) => backends.includes(login.backend) && recordOf(login));
    const [first] = waiting;
    const record = first && recordOf(first);
    if (!record) return;
    const names = [...new Set(waiting.map(({ backend }) => backend.name))];
    yield {
      ...about(pooler, "server_tls_sslmode", "prefer"),
      message: `PgBouncer connects to ${some(names)} without TLS, and pg_hba.conf lets it in by hostssl only.`,
      related: [{ place: firstLine(record.record.place), message: "asks for TLS" }],
    };
  },
});

/** The record that would let it in with TLS; on a server without TLS it would not either. */
const recordOf = ({ encrypted }: ServerLogin) => (typeof encrypted === "string" ? undefined : encrypted);
