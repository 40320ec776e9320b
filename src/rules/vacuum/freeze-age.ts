import { defineRule } from "../../engine/rule.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const AGES = [
  { name: "autovacuum_freeze_max_age", low: 50_000_000, what: "transactions" },
  { name: "autovacuum_multixact_freeze_max_age", low: 50_000_000, what: "multixacts" },
];
const HIGH = 1_000_000_000;
/** 2^31 numbers, of which the last three million are kept for repairs. */
const STOP = 2_144_483_648;

export default defineRule({
  id: "vacuum/freeze-age",
  title: "the age at which a table must be frozen is extreme",
  severity: "warning",
  controls: ["J03"],
  docs: () => ({
    why: "At this age autovacuum goes through the whole of a table and cannot be talked out of it. Close to two billion there is no time left for it: the server stops taking writes before a large table is done. At a few million the same scans run all the time, and their locks get in the way of schema changes.",
    fix: "200 million is the default; busy servers go up to some hundred millions, 1 billion at most, and watch age(datfrozenxid). It takes a restart.",
    traps:
      "Tables can have a lower age of their own, not a higher one. pg_xact grows along: about 50MB for each 200 million transactions.",
    leave: "Leave it where monitoring alarms long before the limit, and freezing runs by a schedule.",
    see: [
      settingDocs("autovacuum", "autovacuum_freeze_max_age"),
      pgDocs("routine-vacuuming", "VACUUM-FOR-WRAPAROUND"),
    ],
  }),
  *check({ conf }) {
    for (const { name, low, what } of AGES) {
      const age = conf?.known(name);
      const value = Number(age?.value);
      if (!conf || !age?.item || (value >= low && value <= HIGH)) continue;
      const message =
        value > HIGH
          ? `${name} = ${age.base} leaves ${millions(STOP - value)} million ${what} to freeze the largest table before the server stops taking writes.`
          : `${name} = ${age.base} forces a vacuum of every table each ${age.base} ${what}.`;
      yield draftAbout(conf, age, message, age.setting.default ?? undefined);
    }
  },
});

const millions = (count: number): number => Math.floor(count / 1_000_000);
