import type { Version } from "../../catalog/version.ts";
import { defineRule } from "../../engine/rule.ts";
import { DISABLED } from "../support/archive-command.ts";
import { placeOf } from "../support/conf.ts";
import { pgSource, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/archive-not-configured",
  title: "archive_mode is on, and nothing archives",
  severity: "warning",
  controls: ["H02", "CIS 7.4"],
  docs: {
    why: "With archive_mode on the server keeps every segment until it is archived. With nothing to archive it, pg_wal grows with every write until the disk is full, and then the server stops with a PANIC. Until then the log has a WARNING a minute, and nothing can be restored to a point in time.",
    fix: "Set archive_command, or from 15 on archive_library. Where nothing shall be archived, set `archive_mode = off`, which takes a restart.",
    traps:
      "pg_wal does not shrink by itself: after archiving works, the archiver has all that piled up to catch up with.",
    leave: "For minutes, while the archive is being moved. The usual way to pause is just this.",
    see: [settingDocs("wal", "archive_command"), pgSource("postmaster/pgarch.c")],
  },
  *check({ conf }) {
    if (!conf) return;
    const mode = conf.known("archive_mode");
    const command = conf.known("archive_command");
    const library = conf.known("archive_library");
    const place = (command && placeOf(command)) ?? (mode && placeOf(mode));
    if (!mode || mode.base === "off" || !command || !place) return;
    if (!["", DISABLED].includes(command.base) || library?.base) return;
    // The two together do not start, which is server/minimal-wal.
    if (conf.known("wal_level")?.base === "minimal") return;
    const missing = library ? "archive_command or archive_library" : "archive_command";
    yield {
      place,
      message: `archive_mode = ${mode.base} without an ${missing}: nothing is archived, and pg_wal grows until its disk is full.`,
      setting: "archive_command",
      current: command.base,
      apply: "reload",
      server: { effect: "warns", when: "start", ...serverWords(conf.version) },
    };
  },
});

/** What the archiver logs when the first segment is ready. */
function serverWords({ major }: Version): { message: string; detail?: string } {
  if (major < 15) return { message: "archive_mode enabled, yet archive_command is not set" };
  if (major < 17) return { message: "archive_mode enabled, yet archiving is not configured" };
  const command = major === 17 ? "archive_command" : '"archive_command"';
  return {
    message: '"archive_mode" enabled, yet archiving is not configured',
    detail: `${command} is not set.`,
  };
}
