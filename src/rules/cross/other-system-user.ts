import { defineRule } from "../../engine/rule.ts";
import { type Landing, placeOfLogin, serverLoginsHere, wayOf } from "../support/cross-logins.ts";
import { firstLine } from "../support/hba.ts";
import { known, some } from "../support/pooler-settings.ts";
import { pgDocs, poolerDocs } from "../support/sources.ts";

/** As whom packages run PgBouncer: Debian's as the first, the others as the second. */
const USUAL = ["postgres", "pgbouncer"];

export default defineRule({
  id: "cross/other-system-user",
  title: "peer or ident lets PgBouncer in only as the role of its own system user",
  severity: "warning",
  controls: ["U14"],
  docs: () => ({
    why: "peer and ident ask the operating system who is at the other end, and that is PgBouncer's system user, whoever its client is. A role of another name is turned away: `Peer authentication failed for user …`. Stock files have peer for all local connections, so that a first try of PgBouncer through the socket ends here.",
    fix: "Add a record above with scram-sha-256 for the roles that come by way of PgBouncer, or map its system user to them in pg_ident.conf with map=.",
    traps: "Debian runs PgBouncer as postgres, the packages of postgresql.org for RPM systems as pgbouncer.",
    leave: "Where PgBouncer runs as a system user of the role's name.",
    see: [pgDocs("auth-peer"), pgDocs("auth-username-maps"), poolerDocs("section-databases")],
  }),
  *check(cluster) {
    const { pooler } = cluster;
    if (!pooler) return;
    const set = known(pooler, "user");
    const system = set ? [set] : USUAL;
    const logins = serverLoginsHere(cluster);
    for (const backend of new Set(logins.map((login) => login.backend))) {
      const its = logins.filter((login) => login.backend === backend);
      const [first] = its;
      const record = first && typeof first.landing !== "string" ? first.landing : undefined;
      if (!first || !record || !its.every(({ landing, user }) => isPeer(landing) && !system.includes(user)))
        continue;
      const users = [...new Set(its.map(({ user }) => user))];
      yield {
        place: placeOfLogin(first),
        confidence: "medium",
        message: `PgBouncer reaches ${backend.name} ${wayOf(first.origin)} as ${some(users)}, and ${record.method} lets it in only as the role of its own system user (${system.join(" or ")}).`,
        related: [
          { place: firstLine(record.record.place), message: `this record asks for ${record.method}` },
        ],
      };
    }
  },
});

const isPeer = (landing: Landing): boolean =>
  typeof landing !== "string" &&
  (landing.method === "peer" || landing.method === "ident") &&
  !landing.options.some(({ name }) => name === "map");
