import { defineRule } from "../../engine/rule.ts";
import {
  aboutCommand,
  archiveCommandOf,
  destinationOf,
  instead,
  isCopier,
  isFailure,
  isIdle,
} from "../support/archive-command.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/archive-command-names-no-file",
  title: "an archive_command that misses %p or %f",
  severity: "error",
  controls: ["H05"],
  docs: () => ({
    why: "%p is the path of the segment to archive, %f its name. Without %p a command cannot know what to copy; without %f in the name of a target, each segment replaces the one before, and the archive holds a single one.",
    fix: "Write `%p` for the source and `/archive/%f` for the target. Tools that find the name by themselves, such as pgBackRest, WAL-G and Barman, take %p alone.",
    traps:
      "The command runs in the data directory, and %p is relative to it; %f has no path at all. A target that ought to be a directory but is not mounted today becomes a file: end it with a slash, or name /%f.",
    leave: "A script that looks into pg_wal/archive_status by itself.",
    see: [settingDocs("wal", "archive_command")],
  }),
  *check({ conf }) {
    const command = archiveCommandOf(conf);
    if (!command || command.commands.every((each) => isIdle(each) || isFailure(each))) return;
    const { text, commands } = command;
    const [path, name] = [text.includes("%p"), text.includes("%f")];
    if (!path && !name)
      yield {
        ...aboutCommand(
          command,
          `archive_command = '${text}' has neither %p nor %f, so it cannot know which segment to archive.`,
        ),
        severity: "warning",
        confidence: "medium",
      };
    else if (!path && commands.some((each) => isCopier(each) && each.words.some((word) => word === "%f")))
      yield {
        ...aboutCommand(
          command,
          "archive_command copies from %f, which is a name without a path; the segment is %p, and nothing is archived.",
        ),
        severity: "warning",
      };
    else if (!name)
      for (const each of commands) {
        const target = destinationOf(each);
        if (target === undefined || /[$`]|[/:.]$|%/.test(target)) continue;
        yield {
          ...aboutCommand(
            command,
            isCopier(each)
              ? `archive_command: without a directory ${target} every segment replaces the one before; write ${target}/%f.`
              : `archive_command: every segment replaces the one before in ${target}; the name must have %f.`,
          ),
          ...(isCopier(each) && {
            severity: "warning",
            confidence: "medium",
            ...(text.endsWith(target) && instead(command, `${text}/%f`)),
          }),
        };
      }
  },
});
