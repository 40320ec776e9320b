import { defineRule } from "../../engine/rule.ts";
import { modePlace, modesInUse } from "../support/pooler-pools.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/statement-mode",
  title: "statement pooling refuses transactions of more than one statement",
  severity: "warning",
  controls: ["T26", "pgbouncer/statement-mode"],
  docs: () => ({
    why: "PgBouncer closes the connection of a client that sends BEGIN. Drivers and frameworks send it all the time, also for a single INSERT.",
    fix: "Write pool_mode = transaction.",
    leave: "Where all clients run in autocommit and that is to be enforced, as with PL/Proxy.",
    see: [poolerDocs("pool_mode")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    for (const use of modesInUse(pooler))
      if (use.mode === "statement")
        yield {
          place: modePlace(pooler, use),
          message: `pool_mode = statement${use.target ? ` of ${use.target.name}` : ""} refuses BEGIN, and so every transaction of more than one statement.`,
          setting: "pool_mode",
          current: "statement",
          suggested: "transaction",
          apply: "reload",
        };
  },
});
