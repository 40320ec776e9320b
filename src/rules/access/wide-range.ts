import { defineRule } from "../../engine/rule.ts";
import { addressText, admittingRemote } from "../support/hba-lines.ts";
import { addressCount, isOpenToAll, isPrivate, prefixOf } from "../support/networks.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/wide-range",
  title: "a record for a very wide range of addresses",
  severity: "warning",
  controls: ["A07"],
  profiles: ["strict"],
  docs: () => ({
    why: "A record for ten million addresses is meant for the twenty machines that need it. Each of the others is one more place from which a stolen password works.",
    fix: "Write one record for each network that clients are in, /24 or narrower.",
    leave:
      "Networks that are given out freely by a platform, such as the pods of a Kubernetes cluster. Private networks are an info.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    for (const { line } of admittingRemote(cluster)) {
      const { address, method } = line;
      if (address?.kind !== "network" || isOpenToAll(line) || method === "trust") continue;
      const bits = prefixOf(address.mask);
      if (bits === undefined || bits >= (address.ip.length === 4 ? 16 : 32)) continue;
      yield {
        place: address.token.place,
        severity: isPrivate(address) ? "info" : "warning",
        message: `${addressText(line)} is ${addressCount(address.mask)} addresses; name the networks that clients are in.`,
        current: addressText(line),
        apply: "reload",
      };
    }
  },
});
