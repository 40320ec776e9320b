import { nearestName } from "../../catalog/nearest.ts";
import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/pooler-section",
  title: "a section of pgbouncer.ini that is unknown or missing",
  severity: "error",
  controls: ["T40", "pgbouncer/unknown-section", "pgbouncer/case"],
  docs: () => ({
    why: "The sections are [databases], [pgbouncer], [users] and, from 1.19 on, [peers], in small letters and without blanks. With another one, without [pgbouncer], or with a line before any section PgBouncer does not start.",
    fix: "Write the section's name as it is.",
    see: [poolerDocs()],
  }),
  *check({ problems, target }) {
    const known = ["databases", "pgbouncer", "users", ...(target.pgbouncer.minor >= 19 ? ["peers"] : [])];
    for (const { place, reason, name, server } of problems("pooler/section")) {
      const plain = name.replaceAll(/[\s"']/g, "").toLowerCase();
      const near =
        reason === "unknown" ? (known.find((word) => word === plain) ?? nearestName(name, known)) : undefined;
      yield {
        place,
        message: says(reason, name),
        server,
        ...(near !== undefined && {
          suggested: `[${near}]`,
          fix: { title: `Write [${near}]`, safe: true, edits: [{ place, text: near }] },
        }),
      };
    }
  },
});

function says(reason: "unknown" | "missing" | "none-before", name: string): string {
  if (reason === "missing")
    return "There is no section [pgbouncer] in this file; PgBouncer does not start without it.";
  if (reason === "none-before") return `${name} stands before any section.`;
  return name === "peers"
    ? "The section [peers] came with PgBouncer 1.19."
    : `There is no section [${name}].`;
}
