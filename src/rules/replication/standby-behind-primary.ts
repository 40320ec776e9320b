import type { Version } from "../../catalog/version.ts";
import type { EffectiveSetting } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf, placeOrAbsent } from "../support/conf.ts";
import { pgDocs, pgSource } from "../support/sources.ts";
import { standbyLimits } from "../support/standby-limits.ts";
import { refusesStart } from "../support/start.ts";

export default defineRule({
  id: "replication/standby-behind-primary",
  title: "a standby that allows less than its primary",
  severity: "error",
  controls: ["I12", "U22"],
  docs: () => ({
    why: "A standby tracks the transactions and locks of its primary in tables that these settings size. With a smaller value than on the primary it does not start. A standby that runs while the primary is raised pauses its replay from 14 on, with a warning, and shuts down before.",
    fix: "Write at least the primary's value. To raise one, change and restart the standbys first; to lower one, the primary first.",
    traps:
      "The standby compares with what the WAL says, which is what the primary had when it last started, not with the primary's file. A tuned template that lowers max_connections or max_worker_processes on a smaller standby is how it mostly comes about.",
    leave: "On a standby with hot_standby = off, which serves no queries; there the rule says nothing.",
    see: [pgDocs("hot-standby", "HOT-STANDBY-ADMIN"), pgSource("access/transam/xlogrecovery.c")],
  }),
  *check({ conf, primary }) {
    const theirs = primary?.conf;
    if (!conf || !theirs || conf.known("hot_standby")?.value === false) return;
    for (const name of standbyLimits(conf.version)) {
      const [here, there] = [conf.known(name), theirs.known(name)];
      if (!here || !there || Number(here.value) >= Number(there.value)) continue;
      const source = there.item ? "" : " by default";
      const place = placeOf(there) ?? { source: theirs.main, span: { start: 0, end: 0 } };
      yield {
        place: placeOrAbsent(conf, here),
        message: `${name} = ${here.base}${here.item ? "" : " by default"} is less than the ${there.base} that its primary has${source}; this standby does not start.`,
        setting: name,
        current: here.base,
        suggested: there.base,
        apply: applyOf(here.setting),
        server: refusal(conf.version, here, there.base),
        related: [{ place, message: `the primary has ${there.base}${source}` }],
      };
    }
  },
});

function refusal({ major }: Version, { setting: { name }, base }: EffectiveSetting, needed: string) {
  if (major < 14) {
    return refusesStart(
      `hot standby is not possible because ${name} = ${base} is a lower setting than on the master server (its value was ${needed})`,
    );
  }
  return {
    ...refusesStart(
      "recovery aborted because of insufficient parameter settings",
      `${name} = ${base} is a lower setting than on the primary server, where its value was ${needed}.`,
    ),
    hint: "You can restart the server after making the necessary configuration changes.",
  };
}
