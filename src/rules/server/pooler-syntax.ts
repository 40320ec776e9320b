import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/pooler-syntax",
  title: "a line of pgbouncer.ini does not parse",
  severity: "error",
  controls: ["T39", "pgbouncer/quoted-db-name", "pgbouncer/reload-hazard"],
  docs: () => ({
    why: "PgBouncer stops at the first place that it cannot read, and does not start. A RELOAD of such a file does damage: what stood before the place is in force, and what stood behind it is back at its default.",
    fix: "Write `key = value`, section headers in square brackets, and comments on lines of their own that start with `;` or `#`.",
    traps:
      "A key with other characters than letters, digits and `_ . * -` needs single quotes, which 1.25 brought. Double quotes never work, though the manual says so.",
    see: [poolerDocs("generic-settings"), "https://github.com/pgbouncer/pgbouncer/issues/971"],
  }),
  *check({ problems, target }) {
    for (const { place, text, server } of problems("pooler/syntax"))
      yield {
        place,
        message: `PgBouncer cannot read this line${advice(text, target.pgbouncer.minor)}.`,
        server,
      };
  },
});

function advice(text: string, minor: number): string {
  if (text.startsWith("\ufeff")) return "; the file starts with a byte order mark";
  if (/^\s*"/.test(text))
    return minor >= 25 ? "; a name takes single quotes" : "; names cannot be quoted before 1.25";
  if (/^\s*'/.test(text))
    return minor >= 25 ? "; the quoted name does not end" : "; names can be quoted from 1.25 on";
  if (/^\s*\[/.test(text)) return "; the section's bracket is not closed";
  if (/^\s*[\w.*-]+\s*:/.test(text)) return "; name and value are parted by =, not by a colon";
  if (/^\s*%include/.test(text)) return "; %include wants a blank and a path";
  if (/^\s*[\w.*-]+\s*$/.test(text)) return "; it has no = and no value";
  if (/^\s*(?:--|\/\/)/.test(text)) return "; a comment starts with ; or #";
  return "";
}
