import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/pooler-hba-dropped",
  title: "a line of PgBouncer's auth_hba_file that is dropped, or matches nothing",
  severity: "error",
  controls: ["T05", "T06", "pgbouncer/hba"],
  docs: () => ({
    why: "PgBouncer reads a dialect of pg_hba.conf and leaves out, with a warning, every line that it does not like. A dropped `reject` opens what it should close. Where bits of an address lie outside of its mask the line matches nothing, while PostgreSQL would match the whole network.",
    fix: "Write address/bits with the host's bits zero, names without + and without a slash, and no options but map.",
    traps: "A regular expression or a quoted `+role` is taken for a plain name, without a word.",
    see: [poolerDocs("hba-file-format")],
  }),
  *check({ problems }) {
    for (const { place, reason, dropped, server } of problems("pooler/hba"))
      yield {
        place,
        severity: dropped ? "error" : "warning",
        message: dropped ? `PgBouncer drops this line: ${reason}.` : `This line has no effect: ${reason}.`,
        server,
      };
  },
});
