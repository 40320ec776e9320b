import { type Draft, defineRule } from "../../engine/rule.ts";
import {
  type ArchiveCommand,
  aboutCommand,
  archiveCommandOf,
  instead,
  isFailure,
  isIdle,
} from "../support/archive-command.ts";
import type { ShellCommand } from "../support/shell.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/archive-command-hides-failure",
  title: "an archive_command that reports success when it failed",
  severity: "error",
  controls: ["H04", "CIS 7.4"],
  docs: () => ({
    why: "The exit status is all that the server sees. If it is zero after a failed copy, the segment is recycled, the archive has a gap, and every recovery ends at that gap, however many segments come after it. pg_stat_archiver shows no failure.",
    fix: "Let the status of the copy be the status of the command: join steps with &&, drop `|| true` and what follows after a semicolon. Where a pipe is needed, put it into a script for bash with `set -euo pipefail`.",
    traps:
      "The status of a pipe is that of its last part alone. archive_command runs in /bin/sh, which on Debian and Ubuntu is dash and knows no `set -o pipefail`: call `bash -o pipefail -c '…'`.",
    leave: "Where the last step itself tells whether the whole worked, such as a check of the stored file.",
    see: [pgDocs("continuous-archiving", "BACKUP-ARCHIVING-WAL"), settingDocs("wal", "archive_command")],
  }),
  *check({ conf }) {
    const command = archiveCommandOf(conf);
    if (!command || command.structured || command.commands.every((each) => isIdle(each))) return;
    const hidden = whatHides(command);
    if (hidden) {
      yield { ...aboutCommand(command, `archive_command: ${hidden.message}.`), ...hidden.more };
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

interface Hidden {
  readonly message: string;
  readonly more: Partial<Draft>;
}

/** What stands behind the copy, and has the last word. */
function whatHides(command: ArchiveCommand): Hidden | undefined {
  const { commands, background, stopsAtFailure } = command;
  if (background)
    return { message: "the & at its end sends it to the background, and nobody waits for it", more: {} };
  const last = commands.at(-1);
  const work = commands.slice(0, -1).some((each) => !isIdle(each));
  if (!last || !work || isFailure(last) || isTest(last) || passesOn(last)) return undefined;
  const shown = last.words.join(" ");
  if (last.after === "||" && isIdle(last))
    return { message: `"|| ${shown}" makes a success of every failure`, more: without(command, "||") };
  if ((last.after !== ";" && last.after !== "\n") || stopsAtFailure) return undefined;
  return isIdle(last)
    ? {
        message: `"${shown}" at its end makes a success of every failure`,
        more: without(command, last.after),
      }
    : {
        message: `after the semicolon only the status of "${shown}" counts, and a failure before it is lost`,
        more: { severity: "warning" },
      };
}

/** The command up to the operator, where no quotes make that uncertain. */
function without(command: ArchiveCommand, operator: string): Partial<Draft> {
  const at = command.text.lastIndexOf(operator);
  return /['"]/.test(command.text.slice(at)) ? {} : instead(command, command.text.slice(0, at).trimEnd());
}

/** `exit $status` */
const passesOn = ({ program, words }: ShellCommand): boolean => program === "exit" && words[1] !== "0";
const isTest = ({ program }: ShellCommand): boolean => ["test", "[", "[["].includes(program);
