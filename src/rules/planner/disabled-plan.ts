import { defineRule } from "../../engine/rule.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

export default defineRule({
  id: "planner/disabled-plan",
  title: "a kind of plan is switched off for everybody",
  severity: "warning",
  controls: ["M01"],
  docs: () => ({
    why: "The enable_ settings are there to find out why the planner chose a plan. Switched off for the whole server, they repair one query and take the best plan from thousands of others, which nobody connects with the line months later.",
    fix: "Remove the line. Look for what misleads the planner: old statistics, random_page_cost, correlated columns (CREATE STATISTICS). If one query must have it, use SET LOCAL in its transaction, or ALTER ROLE.",
    traps:
      "For most of them `off` does not forbid the plan; it makes it look expensive, and it is still taken where there is no other. Partition-wise joins and aggregates are off by default, and no finding.",
    leave: "Leave it as a workaround for a known bug of this release, with a comment that says which.",
    see: [
      pgDocs("runtime-config-query", "RUNTIME-CONFIG-QUERY-ENABLE"),
      settingDocs("query", "enable_seqscan"),
    ],
  }),
  *check({ conf }) {
    if (!conf) return;
    for (const [name, plan] of conf.set) {
      if (!name.startsWith("enable_") || plan.value !== false || plan.setting.default !== "on") continue;
      yield draftAbout(
        conf,
        plan,
        `${name} = off bends every plan of the server; it is a switch for one session.`,
        "on",
      );
    }
  },
});
