import { defineRule } from "../../engine/rule.ts";
import {
  type ArchiveCommand,
  aboutCommand,
  archiveCommandOf,
  isFailure,
  isIdle,
} from "../support/archive-command.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/archive-command-hides-failure",
  title: "an archive_command that reports success when it failed",
  severity: "error",
  controls: ["H04", "CIS 7.4"],
  docs: {
    why: "The exit status is all that the server sees. If it is zero after a failed copy, the segment is recycled, the archive has a gap, and every recovery ends at that gap, however many segments come after it. pg_stat_archiver shows no failure.",
    fix: "Let the status of the copy be the status of the command: join steps with &&, drop `|| true` and what follows after a semicolon. Where a pipe is needed, put it into a script for bash with `set -euo pipefail`.",
    traps:
      "The status of a pipe is that of its last part alone. archive_command runs in /bin/sh, which on Debian and Ubuntu is dash and knows no `set -o pipefail`: call `bash -o pipefail -c '…'`.",
    leave: "Where the last step itself tells whether the whole worked, such as a check of the stored file.",
    see: [pgDocs("continuous-archiving", "BACKUP-ARCHIVING-WAL"), settingDocs("wal", "archive_command")],
  },
  *check({ conf }) {
    const command = archiveCommandOf(conf);
    if (!command || command.structured || command.commands.every((each) => isIdle(each))) return;
    const hidden = alwaysSucceeds(command);
    if (hidden !== undefined) {
      yield aboutCommand(command, `archive_command ends with success even where it failed: ${hidden}.`);
      return;
    }
    const at = command.commands.findIndex(({ after }) => after === "|");
    const [from, into] = [command.commands[at - 1], command.commands[at]];
    if (!from || !into || command.pipefail) return;
    yield {
      ...aboutCommand(
        command,
        `archive_command: the status of the pipe is that of ${into.program} alone, so that a failure of ${from.program} counts as success.`,
      ),
      severity: "warning",
    };
  },
});

/** Why the server sees success, whatever the copy did. */
function alwaysSucceeds({ commands, background, stopsAtFailure }: ArchiveCommand): string | undefined {
  if (background) return "the & at its end sends it to the background, and nobody waits for it";
  const last = commands.at(-1);
  if (!last || isFailure(last)) return undefined;
  const shown = last.words.join(" ");
  const tells = last.program === "exit" && last.words[1] !== "0";
  const rest = commands.slice(0, -1);
  const work = rest.some((each) => !isIdle(each));
  if (last.after === "||" && work && isIdle(last) && !tells && !isTest(last.program))
    return `"|| ${shown}" takes the failure back`;
  const checked = stopsAtFailure || tells || !work;
  if ((last.after === ";" || last.after === "\n") && !checked)
    return `after the semicolon only "${shown}" counts`;
  return undefined;
}

const isTest = (program: string) => ["test", "[", "[["].includes(program);
