import { defineRule } from "../../engine/rule.ts";
import { aboutCommand, archiveCommandOf } from "../support/archive-command.ts";
import { related } from "../support/conf.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/archive-always-collides",
  title: "archive_mode = always with a command that fails where the file is there",
  severity: "warning",
  docs: () => ({
    why: "With archive_mode = always a standby archives what it receives as well. Into a shared archive the primary mostly comes first; `test ! -f … &&` then fails on the standby for every segment, for ever, and its pg_wal grows until the disk is full.",
    fix: "Give each server an archive of its own, or let the command succeed where the stored file is the same: `test ! -f /archive/%f && cp %p /archive/%f || cmp -s %p /archive/%f`. With one archive `archive_mode = on` is enough: a standby archives from its promotion on.",
    leave: "Where each server archives to another place under the same path.",
    see: [settingDocs("wal", "archive_mode"), pgDocs("warm-standby", "CONTINUOUS-ARCHIVING-IN-STANDBY")],
  }),
  *check({ conf }) {
    const mode = conf?.known("archive_mode");
    const command = archiveCommandOf(conf);
    if (mode?.base !== "always" || !command) return;
    if (!/(?:\btest|\[)\s+!\s+-[aefrs]\s/.test(command.text) || /\bcmp\b/.test(command.text)) return;
    yield {
      ...aboutCommand(
        command,
        "archive_command fails where the archive has the segment already, and archive_mode = always has the primary and its standbys archive the same ones; with a shared archive pg_wal of the standbys grows.",
      ),
      confidence: "medium",
      related: related(mode, "standbys archive as well"),
    };
  },
});
