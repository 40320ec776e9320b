import { defineRule } from "../../engine/rule.ts";
import { writtenLines } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/regex-before-16",
  title: "a regular expression in pg_hba.conf before PostgreSQL 16",
  severity: "warning",
  controls: ["A19"],
  versions: { postgres: "<16" },
  docs: () => ({
    why: "Before 16 a slash has no meaning in the database and user fields: /^app_ is the database of that very name, which nobody has. The record loads, and never matches; a reject with it keeps nobody out.",
    fix: "List the names, take them from a file (@names), or make the users members of a role and write +role; or upgrade to 16.",
    leave:
      "A file that is shared with servers of 16 and later, as long as no record of it is relied on here.",
    see: [pgDocs("auth-pg-hba-conf"), "https://www.postgresql.org/docs/16/release-16.html"],
  }),
  *check(cluster) {
    const { major } = cluster.target.postgres;
    for (const { line } of writtenLines(cluster)) {
      const token = [...line.databases, ...line.users].find(({ text }) => text.startsWith("/"));
      if (!token) continue;
      const what = line.databases.includes(token) ? "database" : "role";
      yield {
        place: token.place,
        message: `PostgreSQL ${major} takes ${token.text} for the name of a ${what}; expressions came with 16.`,
        current: token.text,
        apply: "reload",
      };
    }
  },
});
