import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/recovery-targets",
  title: "more than one recovery target",
  severity: "error",
  versions: { postgres: ">=12" },
  docs: () => ({
    why: "Recovery stops at one point. Two of `recovery_target`, `recovery_target_lsn`, `recovery_target_name`, `recovery_target_time` and `recovery_target_xid` contradict each other, and the server ends its start at once, also where no recovery is asked for.",
    fix: "Keep the one target that is meant, and remove the other lines, also the empty ones.",
    traps:
      "An empty value counts when it comes after another target: `recovery_target_xid = '5'` and then `recovery_target_name = ''` is refused too.",
    see: [settingDocs("wal", "recovery_target")],
  }),
  *check({ problems }) {
    for (const { place, entry, setting, refusal, server } of problems("conf/value"))
      if (refusal.reason === "target")
        yield {
          place,
          message: `${entry.name} is the second recovery target here; only one may be set.`,
          setting: setting.name,
          current: entry.value,
          server,
        };
  },
});
