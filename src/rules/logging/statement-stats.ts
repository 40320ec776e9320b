import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/statement-stats",
  title: "resource usage is logged for every statement",
  severity: "warning",
  controls: ["E27"],
  docs: () => ({
    why: "log_parser_stats and its kin write some ten lines of getrusage() output for each statement, the fast ones as well. Nobody reads it, and the log costs more than the work.",
    fix: "Remove the line; pg_stat_statements counts the same per statement, at a fraction of the cost.",
    traps: "log_statement_stats together with one of the others keeps the server from starting.",
    leave: "On a machine where one statement is measured at a time.",
    see: [settingDocs("statistics", "log_statement_stats")],
  }),
  *check({ conf }) {
    if (!conf) return;
    for (const name of STATS) {
      const stats = conf.known(name);
      if (stats?.value !== true) continue;
      yield changeTo(conf, stats, "off", `${name} = on logs some ten lines for every statement.`);
    }
  },
});

const STATS = ["log_parser_stats", "log_planner_stats", "log_executor_stats", "log_statement_stats"];
