import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/statistics-off",
  title: "the server does not say what it is doing",
  severity: "warning",
  controls: ["O03"],
  docs: () => ({
    why: "With track_activities off pg_stat_activity shows no statement, no state and no transaction start: a session that holds a lock cannot be told from one that works. With track_counts off pg_stat_user_tables stands still, and indexes that nobody uses cannot be found.",
    fix: "Remove the line; both are on by default and cost next to nothing.",
    traps:
      "Without track_counts autovacuum does not run either: server/autovacuum-needs-counts tells where autovacuum is on.",
    leave: "In a benchmark.",
    see: [settingDocs("statistics", "track_activities"), settingDocs("statistics", "track_counts")],
  }),
  *check({ conf }) {
    if (!conf) return;
    const activities = conf.known("track_activities");
    if (activities?.value === false)
      yield off(conf, activities, "pg_stat_activity then shows neither statements nor states");
    const counts = conf.known("track_counts");
    if (counts?.value === false && conf.known("autovacuum")?.value === false)
      yield off(conf, counts, "the use of tables and indexes is then not counted");
  },
});

const off = (conf: Conf, setting: EffectiveSetting, what: string) =>
  changeTo(conf, setting, "on", `${setting.setting.name} = off; ${what}.`);
