import type { EffectiveSetting } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const NAMES = ["autovacuum_vacuum_scale_factor", "autovacuum_analyze_scale_factor"];
const LARGE = 0.4;

export default defineRule({
  id: "vacuum/scale-factor",
  title: "autovacuum waits until much of a table has changed",
  severity: "warning",
  controls: ["J06"],
  docs: () => ({
    why: "A table is vacuumed when the threshold plus this share of its rows is dead, and analyzed when as many have changed. At 0.5 half of a large table is garbage before anybody comes, and it does not shrink afterwards.",
    fix: "Keep the default, or go down to 0.05 or 0.02 with a threshold of 1000 and more for large tables, best for each of them with ALTER TABLE.",
    traps: "It is a fraction, not a percentage: 20 means twenty times the table, so never.",
    leave: "Leave a large one on a server that vacuums by a schedule of its own.",
    see: NAMES.map((name) => settingDocs("autovacuum", name)),
  }),
  *check({ conf }) {
    for (const name of NAMES) {
      const share = conf?.known(name);
      if (!conf || !share?.item || Number(share.value) <= LARGE) continue;
      const fraction = asPercentage(share);
      const slip =
        fraction === undefined ? "" : `; it is a fraction, so write ${fraction} for ${share.base} %`;
      const percent = Math.round(Number(share.value) * 100);
      yield draftAbout(
        conf,
        share,
        `${name} = ${share.base} waits until ${percent} % of a table's rows have changed${slip}.`,
        fraction ?? share.setting.default ?? undefined,
      );
    }
  },
});

/** The fraction that somebody meant who wrote a percentage. */
function asPercentage({ value }: EffectiveSetting): string | undefined {
  const percent = Number(value);
  return percent >= 1 && percent <= LARGE * 100 ? String(percent / 100) : undefined;
}
