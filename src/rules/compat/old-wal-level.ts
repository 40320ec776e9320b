import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf, rewriteValue } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "compat/old-wal-level",
  title: "wal_level by a word from before 9.6",
  severity: "info",
  controls: ["S04"],
  docs: () => ({
    why: "archive and hot_standby became one level, replica, with 9.6. They are still read and mean just that; the manual does not list them any more, and a check that looks for replica does not find it.",
    fix: "Write `wal_level = replica`.",
    traps: "Neither of them is logical: logical replication does not work with it.",
    leave: "Leave it in a file that a release before 9.6 has to read too.",
    see: [settingDocs("wal", "wal_level")],
  }),
  *check({ conf }) {
    const level = conf?.known("wal_level");
    const place = level && placeOf(level);
    if (!level?.item || !place) return;
    const { entry, source } = level.item;
    if (!Object.keys(level.setting.hidden).includes(entry.value.toLowerCase())) return;
    yield {
      place,
      message: `wal_level = ${entry.value} is read as ${level.base}, its name since 9.6.`,
      setting: "wal_level",
      current: entry.value,
      suggested: level.base,
      apply: applyOf(level.setting),
      fix: rewriteValue(source, entry, level.base),
    };
  },
});
