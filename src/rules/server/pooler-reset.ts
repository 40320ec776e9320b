import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/pooler-reset",
  title: "a second [pgbouncer] header puts settings back to their defaults",
  severity: "warning",
  controls: ["pgbouncer/section-reset"],
  docs: () => ({
    why: "Each [pgbouncer] header, also one in an included file, resets every setting that has a default, without a word. What stood above it has no effect.",
    fix: "Keep one [pgbouncer] section. A file that is included behind it needs no header of its own.",
    see: [poolerDocs("include-directive"), "https://github.com/pgbouncer/pgbouncer/blob/master/src/main.c"],
  }),
  *check({ problems }) {
    for (const { place, lost } of problems("pooler/reset")) {
      const names = lost.map(({ key, value }) => `${key} = ${value}`);
      yield {
        place,
        message: `This second header resets ${names.join(", ")} to the default${names.length > 1 ? "s" : ""}.`,
        related: lost.slice(0, 1).map(({ keySpan }) => ({
          place: { source: place.source, span: keySpan },
          message: "has no effect",
        })),
      };
    }
  },
});
