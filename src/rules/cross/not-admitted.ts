import { defineRule } from "../../engine/rule.ts";
import { placeOfLogin, type ServerLogin, serverLoginsHere, wayOf } from "../support/cross-logins.ts";
import { some } from "../support/pooler-settings.ts";
import { pgDocs, poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "cross/not-admitted",
  title: "no record of pg_hba.conf lets PgBouncer in",
  severity: "warning",
  controls: ["U14"],
  docs: () => ({
    why: "The server sees PgBouncer, not its clients: its address, or the Unix socket, and the role of user=, else that of the client. Where no record of pg_hba.conf matches, every client gets `no pg_hba.conf entry for host …` by way of the pooler, and it looks like the client's fault.",
    fix: "Add the record, above any that rejects; it may be as narrow as the pooler is.",
    traps:
      "A `local` record is for the Unix socket, which a database without host= uses, and a `host` record for TCP, host=localhost as well. Records for the networks of the clients do not let the pooler in.",
    leave: "Where the database is on another server of this machine than the one whose pg_hba.conf is here.",
    see: [pgDocs("auth-pg-hba-conf"), poolerDocs("section-databases")],
  }),
  *check(cluster) {
    const logins = serverLoginsHere(cluster);
    for (const backend of new Set(logins.map((login) => login.backend))) {
      const its = logins.filter((login) => login.backend === backend);
      const [first] = its;
      if (!first || !its.every(isHopeless)) continue;
      const users = [...new Set(its.map(({ user }) => user))];
      const ways = [...new Set(its.map(({ origin }) => wayOf(origin)))].join(" or ");
      yield {
        place: placeOfLogin(first),
        ...(cluster.conf === undefined && { confidence: "medium" }),
        message: `PgBouncer reaches ${backend.name} ${ways} as ${some(users)}, and no record of ${cluster.hba?.source.path} lets it in.`,
        suggested: recordFor(first, users),
      };
    }
  },
});

/** Turned away, and TLS would change nothing. */
const isHopeless = ({ landing, encrypted }: ServerLogin): boolean =>
  landing === "turned away" && encrypted === "turned away";

function recordFor({ backend, origin }: ServerLogin, users: readonly string[]): string {
  const who = `${backend.onServer ?? "all"} ${users.length > 3 ? "all" : users.join(",")}`;
  if (origin.kind === "socket") return `local ${who} scram-sha-256`;
  return `host ${who} ${origin.ip.length === 4 ? "127.0.0.1/32" : "::1/128"} scram-sha-256`;
}
