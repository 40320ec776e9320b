import type { Conf } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { pgSource, settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const CAPS = [
  { name: "vacuum_freeze_table_age", of: "autovacuum_freeze_max_age", share: 0.95 },
  { name: "vacuum_freeze_min_age", of: "autovacuum_freeze_max_age", share: 0.5 },
  { name: "vacuum_multixact_freeze_table_age", of: "autovacuum_multixact_freeze_max_age", share: 0.95 },
  { name: "vacuum_multixact_freeze_min_age", of: "autovacuum_multixact_freeze_max_age", share: 0.5 },
];

export default defineRule({
  id: "vacuum/freeze-capped",
  title: "a freeze age beyond what the server uses",
  severity: "info",
  controls: ["J03"],
  docs: () => ({
    why: "The server takes at most 95 % of autovacuum_freeze_max_age for vacuum_freeze_table_age, and half of it for vacuum_freeze_min_age, and says nothing. A file with larger values promises a schedule that is not kept.",
    fix: "Write what is used, or raise autovacuum_freeze_max_age along with it.",
    traps: "SHOW prints the value of the file, not the one in use.",
    leave:
      'A large value as a way to say "as late as possible" does what it says; write the capped one if you want it to be read.',
    see: [
      settingDocs("vacuum", "vacuum_freeze_table_age"),
      settingDocs("vacuum", "vacuum_freeze_min_age"),
      pgSource("commands/vacuum.c"),
    ],
  }),
  *check({ conf }) {
    for (const cap of CAPS) if (conf) yield* capped(conf, cap);
  },
});

function* capped(conf: Conf, { name, of, share }: (typeof CAPS)[number]) {
  const age = conf.known(name);
  const whole = conf.known(of);
  const used = Math.trunc(Number(whole?.value) * share);
  if (!age?.item || !whole || !(Number(age.value) > used)) return;
  yield {
    ...draftAbout(
      conf,
      age,
      `${name} = ${age.base} is taken as ${used}, ${share * 100} % of ${of} = ${whole.base}.`,
      String(used),
    ),
    related: related(whole, "the cap"),
  };
}
