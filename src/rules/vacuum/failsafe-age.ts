import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { pgSource, settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const AGES = [
  { name: "vacuum_failsafe_age", of: "autovacuum_freeze_max_age" },
  { name: "vacuum_multixact_failsafe_age", of: "autovacuum_multixact_freeze_max_age" },
];
const LATE = 2_000_000_000;

export default defineRule({
  id: "vacuum/failsafe-age",
  title: "the failsafe of vacuum comes too late",
  severity: "warning",
  controls: ["J04"],
  versions: { postgres: ">=14" },
  docs: () => ({
    why: "At this age a vacuum drops its delays and skips the indexes, to be done before transaction numbers run out. Close to the limit of 2.1 billion that last resort has no time left to work, and the server stops taking writes.",
    fix: "Remove the line; the default of 1.6 billion leaves half a billion transactions.",
    traps:
      "It cannot be set below 105 % of autovacuum_freeze_max_age: the server takes that instead, without a word.",
    leave: "Leave it where something else watches the age and freezes in time.",
    see: [settingDocs("vacuum", "vacuum_failsafe_age"), pgSource("commands/vacuum.c")],
  }),
  *check({ conf }) {
    for (const { name, of } of AGES) {
      const age = conf?.known(name);
      if (!conf || !age?.item) continue;
      const value = Number(age.value);
      const freeze = conf.known(of);
      const least = Math.trunc(Number(freeze?.value) * 1.05);
      if (value >= LATE)
        yield draftAbout(
          conf,
          age,
          `${name} = ${age.base} is too close to the end of the numbers, at 2.1 billion, for a vacuum to be done in time.`,
          "1600000000",
        );
      else if (value < least)
        yield {
          ...draftAbout(conf, age, `${name} = ${age.base} is taken as ${least}, 105 % of ${of}.`),
          severity: "info",
          related: related(freeze, "the floor"),
        };
    }
  },
});
