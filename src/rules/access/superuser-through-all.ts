import { SOCKET } from "../../access/ways.ts";
import type { HbaLine } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import type { AuthToken } from "../../syntax/auth-tokens.ts";
import { addressText, isRemoteReach, liveLines, names } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/superuser-through-all",
  title: "all users of a network record are the superuser as well",
  severity: "info",
  controls: ["A09", "STIG V-233520"],
  profiles: ["strict", "stig"],
  docs: () => ({
    why: "all in the user field is every role, the superuser among them; the record lets passwords for it be tried from the network.",
    fix: "Put host all postgres all reject above the first record of the network with all users, or name the users.",
    traps:
      "A reject record only keeps out whom no record above it let in. Which roles are superusers stands in the database; pgconflint takes postgres, or what [workload] superusers names.",
    leave: "Where administrators log in as the superuser over the network on purpose.",
    see: [pgDocs("auth-pg-hba-conf"), pgDocs("role-attributes")],
  }),
  *check(cluster) {
    const superusers = new Set(cluster.workload.superusers);
    for (const { line, open, reach } of liveLines(cluster)) {
      if (open === SOCKET) continue;
      if (isRejectForAll(line)) for (const { text } of line.users) superusers.delete(text);
      if (superusers.size === 0) return;
      if (!isRemoteReach(reach) || line.method === "reject" || line.method === "trust") continue;
      if (!names(line.users, "all") || names(line.databases, "replication")) continue;
      const [first = ""] = superusers;
      yield {
        place: line.users.find((user) => names([user], "all"))?.place ?? line.record.place,
        message: `all is the superuser ${first} as well, from ${addressText(line)}; a host all ${first} all reject above keeps it out.`,
        suggested: `host all ${first} all reject`,
        apply: "reload",
      };
    }
  },
});

/** Of every database and address, over TCP. */
const isRejectForAll = (line: HbaLine): boolean =>
  line.method === "reject" &&
  line.type === "host" &&
  line.address?.kind === "all" &&
  names(line.databases, "all") &&
  line.users.every(isName);

const isName = ({ text, quoted }: AuthToken) => quoted || (text !== "all" && !text.startsWith("+"));
