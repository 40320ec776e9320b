import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOrAbsent } from "../support/conf.ts";
import { roleOf } from "../support/replication-role.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

/** Platforms that archive the WAL by themselves, whatever a configuration says. */
const ARCHIVE_THEMSELVES = ["rds", "cloudsql", "azure", "cnpg"];

export default defineRule({
  id: "backup/archive-off",
  title: "no WAL archive, so no recovery to a point in time",
  severity: "info",
  controls: ["H01", "CIS 7.4"],
  docs: () => ({
    why: "Without an archive of the WAL a cluster comes back as it was at the last backup: an hour of orders, or a day of them, is gone, and a dropped table cannot be had back from the minute before. People notice when they need it.",
    fix: "Set `archive_mode = on`, which takes a restart, and an archive_command or archive_library of a tool made for it (pgBackRest, WAL-G, Barman). Then restore once, to see that it works.",
    traps:
      "A standby is no backup: it drops the same table a moment later. pg_dump knows only the moment at which it began.",
    leave:
      "Where pg_receivewal or Barman streams the WAL from another host, where the platform archives, or where nobody would miss the data of a day.",
    see: [settingDocs("wal", "archive_mode"), pgDocs("continuous-archiving")],
  }),
  *check(cluster) {
    const { conf, target } = cluster;
    const mode = conf?.known("archive_mode");
    // At wal_level = minimal somebody decided against backups, which is backup/wal-level-minimal.
    if (!conf || mode?.base !== "off" || conf.known("wal_level")?.base === "minimal") return;
    if (ARCHIVE_THEMSELVES.includes(target.platform) || roleOf(cluster) !== "primary") return;
    yield {
      place: placeOrAbsent(conf, mode),
      message: `archive_mode ${mode.item ? "= off" : "is not set"}: this server can only be restored as of its last full backup, not to a point in time.`,
      confidence: "medium",
      setting: "archive_mode",
      current: "off",
      suggested: "on",
      apply: applyOf(mode.setting),
    };
  },
});
