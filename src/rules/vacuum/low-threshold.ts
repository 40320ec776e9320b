import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const PAIRS = [
  { factor: "autovacuum_vacuum_scale_factor", threshold: "autovacuum_vacuum_threshold" },
  { factor: "autovacuum_analyze_scale_factor", threshold: "autovacuum_analyze_threshold" },
];
const FEW_ROWS = 100;

export default defineRule({
  id: "vacuum/low-threshold",
  title: "a few changed rows put the largest table in line for autovacuum",
  severity: "warning",
  controls: ["J06"],
  docs: () => ({
    why: "With a scale factor of 0 the threshold alone decides. At 50 rows every table that is in use is in line all the time: the workers go through the indexes of the large ones again and again, and never get to the one that needs it.",
    fix: "With a factor of 0 write a threshold of some thousands; or keep a small factor, such as 0.02.",
    traps: "The threshold stays at its default of 50 unless it is written as well.",
    leave: "Leave it where all tables are small.",
    see: PAIRS.map(({ threshold }) => settingDocs("autovacuum", threshold)),
  }),
  *check({ conf }) {
    for (const { factor, threshold } of PAIRS) {
      const share = conf?.known(factor);
      const rows = conf?.known(threshold);
      if (!conf || !share?.item || share.value !== 0 || !rows || Number(rows.value) >= FEW_ROWS) continue;
      yield {
        ...draftAbout(
          conf,
          share,
          `${factor} = 0 and ${threshold} = ${rows.base} put every table, large or small, in line again after ${rows.base} changed rows.`,
          share.setting.default ?? undefined,
        ),
        related: related(rows, "the number of rows"),
      };
    }
  },
});
