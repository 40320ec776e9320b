import type { HbaLine } from "../../cluster/hba.ts";
import { defineRule, type Edit } from "../../engine/rule.ts";
import { firstLine } from "../support/hba.ts";
import { hbaReach, lineText } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/dead-line",
  title: "a record that never matches, as records above it take all of its connections",
  severity: "warning",
  controls: ["A13", "A14"],
  docs: () => ({
    why: "The first record that matches a connection decides; there is no second try. A record whose connections all match above does nothing: a reject that keeps nobody out, a stricter method that is never asked for, access that is never given. The server says nothing about it.",
    fix: "Move the record above those that take its connections, or remove it.",
    traps:
      "A failed password does not go on to the next record. all in the database field is no replication; hostssl and hostnossl together are host; 0.0.0.0/0 has no IPv6 address. Records with +role, samerole or an expression are compared by their text, as their members are known to the database alone.",
    leave: "A record that repeats the one above word for word does no harm; that is an info.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check({ hba }) {
    if (!hba) return;
    for (const { line, open, by } of hbaReach(hba).lines) {
      const [first] = by;
      if (open !== 0 || !first) continue;
      const same = by.every((earlier) => samePurpose(line, earlier));
      yield {
        place: firstLine(line.record.place),
        severity: same ? "info" : "warning",
        message: says(line, by, same),
        related: by.map((earlier) => ({
          place: earlier.record.place,
          message: `${lineText(earlier)} comes first`,
        })),
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
  const [first] = by;
  const where = by.map(({ record }) => placeText(record, line)).join(" and ");
  const one = by.length === 1 && first;
  const who = one ? `${where} (${lineText(one)})` : `${where} together`;
  const verb = (word: string) => (one ? `${word}s` : word);
  if (same) return `This record adds nothing: ${who} ${one ? "has" : "have"} all of its connections already.`;
  if (line.method === "reject")
    return `This reject keeps nobody out: ${who} ${verb("take")} all of its connections first.`;
  if (by.every(({ method }) => method === "reject"))
    return `This record lets nobody in: ${who} ${verb("turn")} all of its connections away first.`;
  return `This record never matches: ${who} ${verb("take")} all of its connections first.`;
}

const placeText = ({ line, source }: HbaLine["record"], of: HbaLine) =>
  source === of.record.source ? `line ${line}` : `${source.path}:${line}`;

/** The whole of its lines, with the line end. */
function removal({ record }: HbaLine): Edit {
  const { source, span } = record.place;
  const lineEnd = source.text.indexOf("\n", span.end);
  return {
    place: { source, span: { start: span.start, end: lineEnd === -1 ? source.text.length : lineEnd + 1 } },
    text: "",
  };
}
