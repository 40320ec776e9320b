import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

export default defineRule({
  id: "planner/constraint-exclusion",
  title: "constraints of every table are examined for every query",
  severity: "info",
  profiles: ["strict"],
  controls: ["M08"],
  docs: () => ({
    why: "With `on` the planner compares the CHECK constraints of all tables with the conditions of every query. It costs planning time always, and helps only a query that asks for what a constraint forbids.",
    fix: "Write `constraint_exclusion = partition`, the default, which looks at inheritance children and UNION ALL alone.",
    traps: "Partitioned tables do not use it: they have enable_partition_pruning.",
    leave: "Leave it where generated queries ask for the impossible on large tables.",
    see: [settingDocs("query", "constraint_exclusion")],
  }),
  *check({ conf }) {
    const exclusion = conf?.known("constraint_exclusion");
    if (!conf || exclusion?.value !== "on") return;
    yield draftAbout(
      conf,
      exclusion,
      "constraint_exclusion = on examines the constraints of every table for every query.",
      "partition",
    );
  },
});
