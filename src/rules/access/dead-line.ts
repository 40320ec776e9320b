import type { HbaLine } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import { firstLine } from "../support/hba.ts";
import { hbaReach, lineText } from "../support/hba-lines.ts";
import { removal, takersRelated, takersText } from "../support/hba-order.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/dead-line",
  title: "a record that never matches, as records above it take all of its connections",
  severity: "warning",
  controls: ["A13", "A14"],
  docs: () => ({
    why: "The first record that matches a connection decides; there is no second try. A record whose connections all match above does nothing: a stricter method that is never asked for, access that is never given. The server says nothing about it.",
    fix: "Move the record above those that take its connections, or remove it.",
    traps:
      "A failed password does not go on to the next record. all in the database field is no replication; hostssl and hostnossl together are host; 0.0.0.0/0 has no IPv6 address, and 10.0.0.0/9 with 10.128.0.0/9 is 10.0.0.0/8. What is said holds whoever the members of a +role are: such records cover each other where their text is the same. A reject that never matches is access/never-rejects.",
    leave: "A record that repeats the one above word for word does no harm; that is an info.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check({ hba }) {
    if (!hba) return;
    for (const { line, open, by } of hbaReach(hba).lines) {
      if (open !== 0 || by.length === 0) continue;
      if (line.method === "reject" && by.some(({ method }) => method !== "reject")) continue;
      const same = by.every((earlier) => samePurpose(line, earlier));
      yield {
        place: firstLine(line.record.place),
        severity: same ? "info" : "warning",
        message: says(line, by, same),
        related: takersRelated(by),
        current: lineText(line),
        apply: "reload",
        fix: { title: "Remove the record", safe: true, edits: [removal(line)] },
      };
    }
  },
});

const samePurpose = (a: HbaLine, b: HbaLine) =>
  a.method === b.method && a.shownOptions.join() === b.shownOptions.join();

function says(line: HbaLine, by: readonly HbaLine[], same: boolean): string {
  const who = takersText(by, line);
  const one = by.length === 1;
  if (same) return `This record adds nothing: ${who} ${one ? "has" : "have"} all of its connections already.`;
  if (by.every(({ method }) => method === "reject"))
    return `This record lets nobody in: ${who} ${one ? "turns" : "turn"} all of its connections away first.`;
  return `This record never matches: ${who} ${one ? "takes" : "take"} all of its connections first.`;
}
