import { defineRule } from "../../engine/rule.ts";
import { aboutCommand, archiveCommandOf, isFailure, isIdle } from "../support/archive-command.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/archive-command-no-op",
  title: "an archive_command that archives nothing",
  severity: "warning",
  controls: ["H03", "CIS 7.4"],
  docs: () => ({
    why: "The server takes a zero exit status for «this segment is safe», and recycles it. With `/bin/true` all seems well, pg_stat_archiver counts successes, and there is no archive to restore from. With `false` the opposite happens: the server keeps every segment until the disk is full.",
    fix: "Put in the command of your backup tool, such as `pgbackrest --stanza=main archive-push %p`.",
    traps:
      "With `/bin/true` in place from the start, the first real command begins an archive with a gap: take a full backup right after the change.",
    leave:
      "Where archive_mode is on only so that archiving can be switched on later without a restart, and backups are made in another way.",
    see: [settingDocs("wal", "archive_command")],
  }),
  *check({ conf }) {
    const command = archiveCommandOf(conf);
    if (!command) return;
    const { commands, text } = command;
    const fails = commands.length > 0 && commands.every((each) => isFailure(each));
    if (!fails && !commands.every((each) => isIdle(each))) return;
    yield aboutCommand(
      command,
      fails
        ? `archive_command = '${text}' always fails: no segment is ever archived, and pg_wal grows until its disk is full.`
        : `archive_command = '${text}' copies nothing and succeeds: the server takes every segment for archived and recycles it.`,
    );
  },
});
