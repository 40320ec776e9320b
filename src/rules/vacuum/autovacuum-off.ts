import { defineRule } from "../../engine/rule.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

export default defineRule({
  id: "vacuum/autovacuum-off",
  title: "autovacuum is off",
  severity: "error",
  controls: ["J01"],
  docs: () => ({
    why: "Nothing removes dead rows and nobody keeps the planner's statistics fresh. Tables and indexes grow for good, queries get slower by the week, and when transaction numbers run short the server starts the vacuums that it cannot do without anyway: on every table at once, at the worst time.",
    fix: "Remove the line. Where autovacuum is in the way, slow it down or give the one table other thresholds (`ALTER TABLE … SET (autovacuum_vacuum_scale_factor = …)`), or run VACUUM after a load.",
    traps: "Vacuums against wraparound run in spite of it; they are no reason to think that all is well.",
    leave: "Leave it for the time of a bulk load or an upgrade, in a file that goes away afterwards.",
    see: [settingDocs("autovacuum", "autovacuum"), pgDocs("routine-vacuuming")],
  }),
  *check({ conf }) {
    const autovacuum = conf?.known("autovacuum");
    if (!conf || autovacuum?.value !== false) return;
    yield draftAbout(
      conf,
      autovacuum,
      "autovacuum = off leaves dead rows in place and the planner's statistics stale.",
      "on",
    );
  },
});
