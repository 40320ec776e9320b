import { poolerVersionText } from "../../catalog/pooler-version.ts";
import { defineRule } from "../../engine/rule.ts";
import { isShared, modePlace, modesInUse, tracksStatements } from "../support/pooler-pools.ts";
import { lineOf, number } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/prepared-statements",
  title: "transaction pooling without support for prepared statements",
  severity: "warning",
  controls: ["T27", "pgbouncer/tx-prepared"],
  docs: () => ({
    why: 'A driver prepares a statement on one server connection and executes it on another: `prepared statement "S_1" does not exist`, or `already exists`, now and then and under load. JDBC, Npgsql, asyncpg, pgx and Rails do it without being asked.',
    fix: "Write max_prepared_statements = 200 (1.21 and later), a little over the number of different statements that an application has. With an older release switch them off in the driver: prepareThreshold=0 for JDBC, statement_cache_size=0 for asyncpg.",
    traps:
      "The default is 0 before 1.24. PREPARE and EXECUTE as SQL commands are not tracked; DEALLOCATE ALL and DISCARD ALL are understood from 1.22 on. After a change of a table say RECONNECT, or `cached plan must not change result type` comes up.",
    leave: "Where every driver that connects has prepared statements switched off.",
    see: [poolerDocs("max_prepared_statements"), "https://www.pgbouncer.org/features.html"],
  }),
  *check({ pooler }) {
    const use = pooler && modesInUse(pooler).find(({ mode }) => isShared(mode));
    if (!pooler || !use) return;
    const where = `pool_mode = ${use.mode}${use.target ? ` of ${use.target.name}` : ""}`;
    if (!tracksStatements(pooler))
      yield {
        place: modePlace(pooler, use),
        confidence: "medium",
        message: `With ${where} PgBouncer ${poolerVersionText(pooler.version)} loses prepared statements; 1.21 keeps them with max_prepared_statements, or switch them off in the driver.`,
      };
    else if (number(pooler, "max_prepared_statements") === 0) {
      const line = lineOf(pooler, "max_prepared_statements");
      yield {
        place: line ?? modePlace(pooler, use),
        message: `With ${where} and max_prepared_statements ${line ? "= 0" : "not set, which is 0"} drivers lose their prepared statements; write 200.`,
        setting: "max_prepared_statements",
        current: "0",
        suggested: "200",
        apply: "reload",
        ...(line && {
          related: [{ place: modePlace(pooler, use), message: "connections change between transactions" }],
        }),
      };
    }
  },
});
