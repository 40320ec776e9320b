import type { Cluster } from "../../cluster/cluster.ts";
import type { HbaLine } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import { firstLine } from "../support/hba.ts";
import { admitting, certificateOf, hbaReach, lineText } from "../support/hba-lines.ts";
import { connectionText, movedAbove, takersRelated, takersText } from "../support/hba-order.ts";
import { reachOf } from "../support/reach.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/overlap-weaker",
  title: "a wider record above takes, with a weaker method, connections that a record is meant for",
  severity: "warning",
  controls: ["A13"],
  docs: () => ({
    why: "A record for one user or one database asks for a certificate, and a record for all above it asks for a password, or for nothing: some of the connections never get to the stricter record. It looks as if that user could not do without the certificate.",
    fix: "Put the records that say most precisely whom they are for at the top.",
    traps:
      "trust asks for less than a password that the client sends as it is (password) or an answer of the client's machine (ident); these are less than scram-sha-256, md5 and the directories; a certificate or a ticket is more.",
    leave:
      "Where the wider record is an exception on purpose, for a network that is trusted; with fewer addresses than the stricter one it is an info. Loopback addresses are not reported.",
    see: [pgDocs("auth-pg-hba-conf"), pgDocs("auth-methods")],
  }),
  *check(cluster) {
    const { hba } = cluster;
    const lines = admitting(cluster);
    if (!hba || lines.length < 2) return;
    const reach = hbaReach(hba);
    let weakest = Number.POSITIVE_INFINITY;
    for (const { line, index } of lines) {
      const strength = strengthOf(line, cluster);
      const isWeaker = (earlier: HbaLine) =>
        earlier.method !== "reject" && strengthOf(earlier, cluster) < strength && !isLoopback(earlier);
      const [first] = weakest < strength ? reach.forestalled(index, isWeaker) : [];
      weakest = Math.min(weakest, strength);
      if (!first) continue;
      yield {
        place: firstLine(line.record.place),
        severity: first.isNarrower ? "info" : "warning",
        message: `This record does not get ${connectionText(first.witness, line)}: ${takersText([first.line], line)} takes that first, and asks for ${asked(first.line)} instead of ${line.method}.`,
        related: takersRelated([first.line]),
        current: lineText(line),
        apply: "reload",
        ...movedAbove(line, first.line),
      };
    }
  },
});

const isLoopback = (line: HbaLine) => reachOf(line) === "loopback";

const asked = ({ method }: HbaLine) => (method === "trust" ? "nothing" : method);

/** What a client needs to get in, from nothing to something that cannot be guessed. */
const STRENGTHS: ReadonlyMap<string, number> = new Map([
  ["trust", 0],
  ["password", 1],
  ["ident", 1],
  ["cert", 3],
  ["gss", 3],
  ["sspi", 3],
  ["peer", 3],
  ["oauth", 3],
]);

function strengthOf(line: HbaLine, cluster: Cluster): number {
  return certificateOf(line, cluster) === "own" ? 3 : (STRENGTHS.get(line.method) ?? 2);
}
