import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { replaceValue } from "../support/replace-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/wal-level-minimal",
  title: "wal_level = minimal: no base backup, no archive, no standby",
  severity: "warning",
  controls: ["H08"],
  docs: () => ({
    why: "At wal_level = minimal the WAL is good for recovery after a crash and nothing else: pg_basebackup, pgBackRest, Barman and standbys do not work, and a cold copy or pg_dump is all the backup there is. Going back takes a restart.",
    fix: "Write `wal_level = replica`, which is the default, and remove `max_wal_senders = 0`.",
    traps:
      "WAL written while the level was minimal cannot be replayed from an archive: take a new base backup after the change.",
    leave:
      "For the time of a first load, or on a server whose data comes from elsewhere and is rebuilt, not restored.",
    see: [settingDocs("wal", "wal_level")],
  }),
  *check({ conf }) {
    const level = conf?.known("wal_level");
    const senders = conf?.known("max_wal_senders");
    if (level?.base !== "minimal") return;
    // With senders or an archive the server does not even start, which is server/minimal-wal.
    if (senders?.value !== 0 || conf?.known("archive_mode")?.base !== "off") return;
    if (conf?.known("summarize_wal")?.value === true) return;
    yield* replaceValue(
      level,
      "replica",
      "wal_level = minimal: this server can have no base backup, no WAL archive and no standby.",
      { related: related(senders, "goes with it") },
    );
  },
});
