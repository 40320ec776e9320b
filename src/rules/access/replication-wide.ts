import { defineRule } from "../../engine/rule.ts";
import { addressText, admittingRemote, names, usersText, writtenAddress } from "../support/hba-lines.ts";
import { howMany, isOpenToAll } from "../support/networks.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/replication-wide",
  title: "a replication record for every role or every address",
  severity: "warning",
  controls: ["A10", "STIG V-233520", "STIG V-233612", "CIS 7.1"],
  docs: () => ({
    why: "A replication connection copies the whole cluster, every database with every password hash in it, and privileges on tables have no say. The back door counts as much as the front door.",
    fix: "Write one role that is for replication alone and nothing else, and the standbys' addresses or their network: hostssl replication replicator 10.0.0.0/24 scram-sha-256.",
    traps:
      "all in the database field never stands for physical replication; a record of its own is needed. Logical replication connects to a database like any client, and needs the record of that database.",
    leave:
      "The records that initdb writes are for the server's own machine, and are not reported. A named role in the standbys' network is not either; the strict profile asks for single addresses.",
    see: [pgDocs("warm-standby", "STREAMING-REPLICATION-AUTHENTICATION"), pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    for (const { line } of admittingRemote(cluster)) {
      if (!names(line.databases, "replication") || line.method === "trust") continue;
      const everyone = names(line.users, "all");
      const everywhere = isOpenToAll(line);
      if (!everyone && !everywhere) continue;
      const who = everyone ? "every role with the REPLICATION attribute" : usersText(line);
      const from = everywhere ? `${writtenAddress(line)} (${howMany(line)})` : addressText(line);
      yield {
        place: (everyone ? line.users[0] : line.address?.token)?.place ?? line.record.place,
        message: `${who} may copy the whole cluster from ${from}; name ${[
          ...(everyone ? ["the replication role"] : []),
          ...(everywhere ? ["the standbys' addresses"] : []),
        ].join(" and ")}.`,
        apply: "reload",
      };
    }
  },
});
