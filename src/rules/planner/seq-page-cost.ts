import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

export default defineRule({
  id: "planner/seq-page-cost",
  title: "seq_page_cost is not 1",
  severity: "info",
  profiles: ["strict"],
  controls: ["M04"],
  docs: () => ({
    why: "All other costs are measured by this one. With another yardstick advice about random_page_cost or the cpu_ costs, and plans from another server, cannot be compared any more.",
    fix: "Write `seq_page_cost = 1`, and divide the other costs by the old value.",
    traps: "Halving it alone also doubles the weight of the cpu_ costs.",
    leave: "Leave it where both page costs were lowered on purpose because all data is in memory.",
    see: [settingDocs("query", "seq_page_cost")],
  }),
  *check({ conf }) {
    const cost = conf?.known("seq_page_cost");
    if (!conf || !cost || cost.value === 1) return;
    yield draftAbout(
      conf,
      cost,
      `seq_page_cost = ${cost.base}; all other costs are measured by it, and it is 1 by default.`,
      "1",
    );
  },
});
