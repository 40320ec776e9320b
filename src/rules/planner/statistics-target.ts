import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const LOW = 25;
const HIGH = 1000;

export default defineRule({
  id: "planner/statistics-target",
  title: "default_statistics_target is extreme",
  severity: "warning",
  controls: ["M05"],
  docs: () => ({
    why: "ANALYZE keeps as many frequent values and histogram bounds of every column as this says. With a few of them the planner misjudges skewed columns and takes the wrong join; with thousands ANALYZE reads 300 rows for each, and planning every query reads the long lists again.",
    fix: "Keep 100, up to 500 for a data warehouse, and raise it for the columns that need it: `ALTER TABLE … ALTER COLUMN … SET STATISTICS 1000`.",
    traps:
      "A change only counts after the next ANALYZE. 10 was the default up to 8.3, and still stands in old files.",
    leave: "Leave a high one where queries run for minutes and planning does not matter.",
    see: [settingDocs("query", "default_statistics_target")],
  }),
  *check({ conf }) {
    const target = conf?.known("default_statistics_target");
    const value = Number(target?.value);
    if (!conf || !target || (value >= LOW && value <= HIGH)) return;
    const effect =
      value < LOW
        ? "tells the planner next to nothing about skewed columns"
        : `makes ANALYZE read ${value * 300} rows of every table, and planning slower for every query`;
    yield {
      ...draftAbout(conf, target, `default_statistics_target = ${target.base} ${effect}.`, "100"),
      ...(value > HIGH && { severity: "info" as const }),
    };
  },
});
