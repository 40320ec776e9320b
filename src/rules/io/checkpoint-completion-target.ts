import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const LOW = 0.5;

export default defineRule({
  id: "io/checkpoint-completion-target",
  title: "checkpoints write in bursts, or have no time left",
  severity: "info",
  docs: () => ({
    why: "A checkpoint spreads its writes over this part of the time until the next one. With a small part they come in a burst, and queries wait for the disk for its length; with all of it, a checkpoint that falls behind runs into the next, and more log is kept than max_wal_size says.",
    fix: "0.9, the default from 14 on.",
    traps: "0.5 was the default up to 13, and stands in files that were carried along.",
    leave: "Leave it where a lower value was measured to help.",
    see: [settingDocs("wal", "checkpoint_completion_target")],
  }),
  *check({ conf }) {
    const target = conf?.known("checkpoint_completion_target");
    const value = Number(target?.value);
    if (!conf || !target?.item) return;
    const low = value < LOW || (value === LOW && conf.version.major >= 14);
    if (!low && value < 1) return;
    const effect = low
      ? `puts the writes of a checkpoint into ${Math.round(value * 100)} % of the time there is`
      : "leaves no time for a checkpoint that falls behind";
    yield draftAbout(
      conf,
      target,
      `checkpoint_completion_target = ${target.base} ${effect}; 0.9 spreads them.`,
      "0.9",
    );
  },
});
