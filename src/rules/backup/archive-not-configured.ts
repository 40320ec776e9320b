import type { Version } from "../../catalog/version.ts";
import type { Conf } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { DISABLED } from "../support/archive-command.ts";
import { placeOf } from "../support/conf.ts";
import { pgDocs, pgSource, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/archive-not-configured",
  title: "archive_mode is on, and nothing archives",
  severity: "warning",
  controls: ["H02", "CIS 7.4"],
  docs: () => ({
    why: "With archive_mode on the server keeps every segment until it is archived. With nothing to archive it, pg_wal grows with every write until the disk is full, and then the server stops with a PANIC. Until then the log has a WARNING a minute, and nothing can be restored to a point in time.",
    fix: "Set archive_command, or from 15 on archive_library; basic_archive needs basic_archive.archive_directory as well. Where nothing shall be archived, set `archive_mode = off`, which takes a restart.",
    traps:
      "pg_wal does not shrink by itself: after archiving works, the archiver has all that piled up to catch up with.",
    leave: "For minutes, while the archive is being moved. The usual way to pause is just this.",
    see: [settingDocs("wal", "archive_command"), pgDocs("basic-archive"), pgSource("postmaster/pgarch.c")],
  }),
  *check({ conf }) {
    const mode = conf?.known("archive_mode");
    // At wal_level = minimal it does not even start, which is server/minimal-wal.
    if (!conf || !mode || mode.base === "off" || conf.known("wal_level")?.base === "minimal") return;
    const missing = missingFrom(conf);
    const place = missing && (placeOf(missing.line) ?? placeOf(mode));
    if (!place) return;
    yield {
      place,
      message: `archive_mode = ${mode.base} without an ${missing.needs}: nothing is archived, and pg_wal grows until its disk is full.`,
      setting: missing.setting,
      current: "",
      apply: "reload",
      server: { effect: "warns", when: "start", ...serverWords(conf.version, missing.setting) },
    };
  },
});

/** What the archiver does not find, and the line that should have it or asks for it. */
function missingFrom(conf: Conf) {
  const [command, library] = [conf.known("archive_command"), conf.known("archive_library")];
  if (library?.base === "basic_archive") {
    const setting = "basic_archive.archive_directory";
    const there = !conf.whole || Boolean(conf.placeholders.get(setting)?.value);
    return there ? undefined : { setting, needs: setting, line: library };
  }
  if (!command || library?.base || !["", DISABLED].includes(command.base)) return undefined;
  const needs = library ? "archive_command or archive_library" : "archive_command";
  return { setting: "archive_command", needs, line: command };
}

/** What the archiver logs when the first segment is ready. */
function serverWords({ major }: Version, missing: string): { message: string; detail?: string } {
  if (major < 15) return { message: "archive_mode enabled, yet archive_command is not set" };
  if (major < 17) return { message: "archive_mode enabled, yet archiving is not configured" };
  const quoted = major >= 18 && missing === "archive_command" ? `"${missing}"` : missing;
  return {
    message: '"archive_mode" enabled, yet archiving is not configured',
    detail: `${quoted} is not set.`,
  };
}
