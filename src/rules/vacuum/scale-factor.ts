import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

/** Which share of a table may change before something is done about it, and the setting that adds a number of rows. */
const FACTORS = [
  { factor: "autovacuum_vacuum_scale_factor", threshold: "autovacuum_vacuum_threshold", usual: "0.2" },
  { factor: "autovacuum_analyze_scale_factor", threshold: "autovacuum_analyze_threshold", usual: "0.1" },
  {
    factor: "autovacuum_vacuum_insert_scale_factor",
    threshold: "autovacuum_vacuum_insert_threshold",
    usual: "0.2",
  },
];
const LARGE = 0.4;
const FEW_ROWS = 100;

export default defineRule({
  id: "vacuum/scale-factor",
  title: "autovacuum comes too late, or all the time",
  severity: "warning",
  controls: ["J06"],
  docs: {
    why: "A table is vacuumed when the threshold plus this share of its rows has changed. At 0.5 half of a table is garbage before anybody comes; at 0 with a small threshold every table is vacuumed every minute, and the workers never get to the one that needs it.",
    fix: "Keep the default, or go down to 0.05 or 0.02 with a threshold of 1000 and more for large tables, best for each of them with ALTER TABLE.",
    traps: "It is a fraction, not a percentage: 20 means twenty times the table, so never.",
    leave: "Leave a large one on a server that vacuums by a schedule of its own.",
    see: [
      settingDocs("autovacuum", "autovacuum_vacuum_scale_factor"),
      settingDocs("autovacuum", "autovacuum_vacuum_threshold"),
      settingDocs("autovacuum", "autovacuum_analyze_scale_factor"),
    ],
  },
  *check({ conf }) {
    for (const { factor, threshold, usual } of FACTORS) {
      const share = conf?.known(factor);
      if (!conf || !share?.item) continue;
      const value = Number(share.value);
      if (value > LARGE)
        yield draftAbout(
          conf,
          share,
          tooLate(share),
          value >= 1 && value <= 40 ? String(value / 100) : usual,
        );
      else if (value === 0) yield* tooOften(conf, share, conf.known(threshold));
    }
  },
});

function tooLate({ setting, base, value }: EffectiveSetting): string {
  const percent = Math.round(Number(value) * 100);
  const slip = Number(value) >= 1 ? `; it is a fraction, so write ${Number(value) / 100} for ${base} %` : "";
  return `${setting.name} = ${base} waits until ${percent} % of a table's rows have changed${slip}.`;
}

function* tooOften(conf: Conf, share: EffectiveSetting, threshold: EffectiveSetting | undefined) {
  const rows = Number(threshold?.value);
  if (!threshold || !(rows >= 0 && rows < FEW_ROWS)) return;
  yield {
    ...draftAbout(
      conf,
      share,
      `${share.setting.name} = 0 and ${threshold.setting.name} = ${rows} put every table, large or small, in line again after ${rows} changed rows.`,
    ),
    related: related(threshold, "the number of rows"),
  };
}
