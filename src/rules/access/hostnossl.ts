import { defineRule } from "../../engine/rule.ts";
import { addressText, admittingRemote, clearText, rewritten, SENDS_PASSWORD } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/hostnossl",
  title: "hostnossl lets clients in without TLS, and only without",
  severity: "warning",
  controls: ["A12"],
  docs: () => ({
    why: "The record takes unencrypted connections from other machines, and none with TLS. What the clients read and write can be read on the way.",
    fix: "Write hostssl, or host where a client cannot do TLS. hostnossl is for keeping clients out: hostnossl all all all reject.",
    traps: "A client with sslmode=prefer tries TLS first, matches no record, and tries again without.",
    leave: "A measured need for it on a network that nobody else is on.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    for (const live of admittingRemote(cluster)) {
      const { line } = live;
      if (line.type !== "hostnossl" || line.method === "trust" || SENDS_PASSWORD.has(line.method)) continue;
      if (clearText(live, cluster) === "never") continue;
      yield {
        place: line.typeToken.place,
        message: `hostnossl takes ${addressText(line)} only without TLS; what these clients read and write crosses the network unencrypted.`,
        current: line.typeToken.text,
        ...rewritten(line, { type: "hostssl" }),
      };
    }
  },
});
