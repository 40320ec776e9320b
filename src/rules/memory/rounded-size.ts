import type { Version } from "../../catalog/version.ts";
import type { EffectiveSetting } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { strtod } from "../../values/c-numbers.ts";
import { familyOf, toBaseUnit } from "../../values/units.ts";
import { pgDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";
import { unitName } from "../support/unit-slips.ts";

/** Nobody notices a rounding by less than this. */
const TOLERANCE = 0.1;

export default defineRule({
  id: "memory/rounded-size",
  title: "a size is rounded to the setting's own unit",
  severity: "info",
  docs: () => ({
    why: "A size is kept in whole units of its setting: MB for max_wal_size and wal_keep_size, blocks of 8 kB for buffers. What does not fit is rounded, or cut off up to 11, without a message. A small size becomes 0, which often means off or no limit: `wal_keep_size = 500kB` keeps nothing.",
    fix: "Write a size that the setting can hold.",
    traps: "`SHOW` prints the rounded value, the file the other one.",
    leave: "Leave it if the rounded value is what you want; but then write that.",
    see: [pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES")],
  }),
  *check({ conf }) {
    if (!conf) return;
    for (const setting of conf.set.values()) {
      const asked = askedFor(setting, conf.version);
      if (asked === undefined) continue;
      const value = Number(setting.value);
      const lost = Math.abs(value - asked);
      // What differs by more than one unit was not rounded: the server has a floor of its own.
      if (lost <= TOLERANCE * Math.abs(asked) || lost >= 1) continue;
      const { name } = setting.setting;
      const draft = draftAbout(conf, setting, "");
      const becomes = value === 0 ? "0" : draft.current;
      yield {
        ...draft,
        ...(value === 0 && { severity: "warning" as const }),
        message: `${name} = ${setting.item?.entry.value} becomes ${becomes}, as it counts whole ${unitName(setting.setting)}.`,
      };
    }
  },
});

/** The size before it was rounded, in the setting's unit; undefined where none can have been. */
function askedFor({ setting, item }: EffectiveSetting, version: Version): number | undefined {
  if (!item || setting.unit === null || familyOf(setting.unit) !== "memory") return undefined;
  const text = item.entry.value;
  const { value, end } = strtod(text);
  const unit = text.slice(end).trim();
  return unit === "" ? value : toBaseUnit(value, unit, setting.unit, version);
}
