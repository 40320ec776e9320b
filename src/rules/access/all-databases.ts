import { defineRule } from "../../engine/rule.ts";
import { addressText, admittingRemote, names } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/all-databases",
  title: "a record of the network for all databases or all users",
  severity: "info",
  controls: ["A08", "STIG V-233612"],
  profiles: ["strict", "stig"],
  docs: () => ({
    why: "With all in it a record also lets in the roles and databases that are created tomorrow, by people who do not think of pg_hba.conf.",
    fix: "Write one record for each service: its database, its role, its network.",
    traps: "CONNECT on a database is granted to PUBLIC unless it is revoked, so that all is really all.",
    leave: "Where roles and databases come and go, and privileges are kept in the database alone.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    for (const { line } of admittingRemote(cluster)) {
      const what = [
        ...(names(line.databases, "all") ? ["to every database"] : []),
        ...(names(line.users, "all") ? ["as every user"] : []),
      ];
      if (what.length === 0) continue;
      yield {
        place: line.record.place,
        message: `Clients from ${addressText(line)} may log in ${what.join(" ")}; name what they need.`,
        apply: "reload",
      };
    }
  },
});
