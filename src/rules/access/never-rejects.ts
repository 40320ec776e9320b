import type { Cluster } from "../../cluster/cluster.ts";
import type { HbaLine } from "../../cluster/hba.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { firstLine } from "../support/hba.ts";
import { hbaReach, isHeard, lineText, liveLines, names } from "../support/hba-lines.ts";
import { connectionText, movedAbove, takersRelated, takersText } from "../support/hba-order.ts";
import { reachOf } from "../support/reach.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/never-rejects",
  title: "a reject that stands behind the records that let in whom it should stop",
  severity: "error",
  controls: ["A13"],
  docs: () => ({
    why: "The first record that matches a connection decides. A reject below a record that lets the same connections in keeps nobody out, and whoever reads the file believes that it does: the locked account still logs in.",
    fix: "Move the reject above the records that let its connections in.",
    traps:
      "all in the database field of a reject is no replication. A reject for host turns away connections with TLS, without and with GSSAPI; one for hostnossl those with TLS not.",
    leave:
      "A reject for everybody at the end that some record above makes needless; it is a warning. So is a reject that still stops some of those whom it names.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    const { hba } = cluster;
    if (!hba) return;
    const reach = hbaReach(hba);
    for (const { line, open, by } of reach.lines)
      if (line.method === "reject" && open === 0 && by.some(admits)) yield never(line, by, cluster);
    for (const { line, index } of liveLines(cluster)) {
      if (line.method !== "reject") continue;
      const [first] = reach.forestalled(index, admits);
      if (first) yield late(line, first.line, connectionText(first.witness, line));
    }
  },
});

const admits = ({ method }: HbaLine) => method !== "reject";

/** It is no error where it is for everybody, nor where the server does not listen to those whom it names. */
function never(line: HbaLine, by: readonly HbaLine[], cluster: Cluster): Draft {
  const [first] = by;
  const isForAll = names(line.databases, "all") && names(line.users, "all") && reachOf(line) === "everywhere";
  return {
    place: firstLine(line.record.place),
    severity: isForAll || !isHeard(line, cluster) ? "warning" : "error",
    message: `This reject keeps nobody out: ${takersText(by, line)} ${by.length === 1 ? "takes" : "take"} all of its connections first.`,
    related: takersRelated(by),
    current: lineText(line),
    apply: "reload",
    ...(first && movedAbove(line, first)),
  };
}

const late = (line: HbaLine, taker: HbaLine, who: string): Draft => ({
  place: firstLine(line.record.place),
  severity: "warning",
  message: `This reject comes too late for ${who}: ${takersText([taker], line)} lets that in first.`,
  related: takersRelated([taker]),
  current: lineText(line),
  apply: "reload",
  ...movedAbove(line, taker),
});
