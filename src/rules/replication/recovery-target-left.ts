import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf } from "../support/conf.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

const TARGETS = ["", "_name", "_time", "_xid", "_lsn"].map((end) => `recovery_target${end}`);

export default defineRule({
  id: "replication/recovery-target-left",
  title: "a recovery target left over from a restore",
  severity: "info",
  controls: ["H11"],
  versions: { postgres: ">=12" },
  docs: () => ({
    why: "On a running primary a recovery target does nothing. But the line is there when the next standby is made from this configuration, or the next restore runs: it stops replaying at the old target, or fails because the target lies before the backup, and it takes a while until somebody looks for it here.",
    fix: "Remove the line once the restore is over; restore_command may stay.",
    traps:
      "Up to 11 these settings lived in recovery.conf, which was renamed when recovery ended. From 12 on nothing removes them.",
    leave: "While the restore is being prepared, before recovery.signal is there.",
    see: [settingDocs("wal", "recovery_target_time"), pgDocs("continuous-archiving", "BACKUP-PITR-RECOVERY")],
  }),
  *check({ conf, kinds }) {
    const kindsSeen = [...kinds.values()];
    if (!conf?.whole || kindsSeen.includes("signal")) return;
    for (const name of TARGETS) {
      const target = conf.known(name);
      const place = target && placeOf(target);
      if (!place || target.base === "") continue;
      yield {
        place,
        message: `${name} = '${target.base}' counts for nothing without recovery.signal, and stops the next standby or restore that gets this file.`,
        // A data directory with postgresql.auto.conf would have the signal file beside it.
        ...(!kindsSeen.includes("postgresql.auto.conf") && { confidence: "medium" }),
        setting: name,
        current: target.base,
        suggested: "",
        apply: applyOf(target.setting),
      };
    }
  },
});
