import { defineRule } from "../../engine/rule.ts";
import { addressText, admittingRemote, names } from "../support/hba-lines.ts";
import { isOpenToAll } from "../support/networks.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/replication-network",
  title: "a replication record for a network instead of the standbys' addresses",
  severity: "info",
  controls: ["A10", "STIG V-233612"],
  profiles: ["strict", "stig"],
  docs: () => ({
    why: "Standbys are few and their addresses are known; every other machine of the network is one more from which a stolen replication password copies the whole cluster.",
    fix: "Write one record for each standby, with its address and /32 (/128 for IPv6).",
    leave: "Where standbys come and go by themselves, as with Patroni or in Kubernetes.",
    see: [pgDocs("warm-standby", "STREAMING-REPLICATION-AUTHENTICATION")],
  }),
  *check(cluster) {
    for (const { line, reach } of admittingRemote(cluster)) {
      if (reach !== "network" || isOpenToAll(line) || line.method === "trust") continue;
      if (!names(line.databases, "replication") || names(line.users, "all")) continue;
      yield {
        place: line.address?.token.place ?? line.record.place,
        message: `Any machine in ${addressText(line)} may replicate; write the standbys' own addresses.`,
        apply: "reload",
      };
    }
  },
});
