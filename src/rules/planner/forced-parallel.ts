import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

export default defineRule({
  id: "planner/forced-parallel",
  title: "parallel plans are forced, for tests of the server",
  severity: "warning",
  controls: ["M08"],
  docs: () => ({
    why: "The setting makes the planner start a worker process for any query that may run in one, useful or not, so that PostgreSQL's developers find bugs. `regress` even hides it from EXPLAIN. Queries get slower, and parallel workers run out for those that would gain.",
    fix: "Remove the line. For more parallel plans lower parallel_setup_cost or min_parallel_table_scan_size.",
    traps:
      "Its name up to 15, force_parallel_mode, made people take it for the switch that turns parallel queries on.",
    leave: "Leave it on a server that tests functions for parallel safety.",
    see: [settingDocs("developer", "debug_parallel_query")],
  }),
  *check({ conf }) {
    const forced = conf?.known("debug_parallel_query") ?? conf?.known("force_parallel_mode");
    if (!conf || !forced?.item || forced.value === "off") return;
    yield draftAbout(
      conf,
      forced,
      `${forced.setting.name} = ${forced.base} gives every query that allows it a worker, needed or not; it is for tests.`,
      "off",
    );
  },
});
