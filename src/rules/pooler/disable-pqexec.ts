import { defineRule } from "../../engine/rule.ts";
import { about, numberSet, rewritten } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/disable-pqexec",
  title: "disable_pqexec cuts off psql, the console and every simple query",
  severity: "warning",
  controls: ["pgbouncer/disable-pqexec"],
  docs: () => ({
    why: "PgBouncer closes the connection of a client that uses the simple protocol: psql, BEGIN and COMMIT of many drivers, and the console, so that PAUSE and RELOAD need signals then.",
    fix: "Write disable_pqexec = 0, the default, and bind parameters in the application.",
    leave: "Where all clients are known to use the extended protocol alone.",
    see: [poolerDocs("disable_pqexec")],
  }),
  *check({ pooler }) {
    if (pooler && numberSet(pooler, "disable_pqexec"))
      yield {
        ...about(pooler, "disable_pqexec", "0"),
        message: `disable_pqexec = ${pooler.text("disable_pqexec")} cuts off every client that sends a simple query, and PgBouncer's own console.`,
        ...rewritten(pooler, "disable_pqexec", "0", false),
      };
  },
});
