import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const NAMES = ["autovacuum_vacuum_threshold", "autovacuum_analyze_threshold"];
const MANY = 100_000;

export default defineRule({
  id: "vacuum/threshold",
  title: "a threshold that small tables never reach",
  severity: "warning",
  controls: ["J06"],
  docs: () => ({
    why: "The threshold is added for every table. One that suits a table of a billion rows leaves the small ones, queues and lookup tables among them, without vacuum and statistics until hundreds of thousands of rows are dead in them.",
    fix: "Keep the global threshold at some hundreds or thousands, and give the large table its own with ALTER TABLE.",
    traps:
      "The scale factor is added to it; with a factor of 0 the threshold alone decides, for all tables alike.",
    leave: "Leave it where every table is large.",
    see: [
      settingDocs("autovacuum", "autovacuum_vacuum_threshold"),
      settingDocs("autovacuum", "autovacuum_analyze_threshold"),
    ],
  }),
  *check({ conf }) {
    for (const name of NAMES) {
      const threshold = conf?.known(name);
      if (!conf || !threshold || Number(threshold.value) < MANY) continue;
      yield draftAbout(
        conf,
        threshold,
        `${name} = ${threshold.base} keeps autovacuum away from every table with fewer changed rows than that.`,
        "1000",
      );
    }
  },
});
