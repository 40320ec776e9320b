import { defineRule } from "../../engine/rule.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { draftAbout, valueText } from "../support/tuning.ts";
import { meantSize, unitName } from "../support/unit-slips.ts";

const TWO_SEGMENTS = 32;

export default defineRule({
  id: "memory/unit-slip",
  title: "a size without a unit means something else here",
  severity: "warning",
  controls: ["K07"],
  docs: () => ({
    why: "A number without a unit counts in the setting's own: kB for work_mem, blocks of 8 kB for shared_buffers, MB for max_wal_size. The server takes it without a word, and runs with a thousandth of the memory that was meant.",
    fix: "Always write the unit: `work_mem = 64MB`.",
    traps:
      "Units are case-sensitive: kB, MB, GB, TB. The suggestion is a guess at what was meant; check it before you take it.",
    leave:
      "Leave it if you meant it; a unit (`work_mem = 512kB`) says so to this rule and to the next reader.",
    see: [
      pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES"),
      settingDocs("resource", "work_mem"),
      settingDocs("resource", "shared_buffers"),
    ],
  }),
  *check({ conf }) {
    for (const setting of conf?.set.values() ?? []) {
      const suggested = meantSize(setting);
      const { name } = setting.setting;
      // server/wal-size: smaller ones do not start.
      const tooSmall = name === "max_wal_size" && Number(setting.value) < TWO_SEGMENTS;
      if (!conf || suggested === undefined || tooSmall) continue;
      const means = valueText(conf, setting);
      yield draftAbout(
        conf,
        setting,
        `${name} = ${setting.item?.entry.value} counts ${unitName(setting.setting)}, which makes ${means}; write ${suggested}, or ${means} if that is what you want.`,
        suggested,
      );
    }
  },
});
