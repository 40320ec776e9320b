import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/restore-command-names-no-file",
  title: "a restore_command that misses %f or %p",
  severity: "warning",
  versions: { postgres: ">=12" },
  docs: () => ({
    why: "The server asks for a segment by its name, %f, and looks for it where it said, %p. A command without either brings nothing, or brings it where nobody looks. It is found out on the day of the restore, or on a standby that fell out of the stream.",
    fix: 'Write both, such as `cp /archive/%f %p` or `pgbackrest --stanza=main archive-get %f "%p"`.',
    traps:
      "For a file that is not in the archive the command must fail; the server asks for such files as well, and goes on.",
    leave: "A script that finds the name by itself.",
    see: [settingDocs("wal", "restore_command")],
  }),
  *check({ conf }) {
    const command = conf?.known("restore_command");
    const place = command && placeOf(command);
    if (!place || command.base === "") return;
    const missing = ["%f", "%p"].filter((placeholder) => !command.base.includes(placeholder));
    if (missing.length === 0) return;
    const costs = missing.includes("%f")
      ? "it cannot know which segment to bring"
      : "it cannot know where the server looks for the segment";
    yield {
      place,
      message: `restore_command = '${command.base}' has no ${missing.join(" and no ")}: ${costs}.`,
      confidence: "medium",
      setting: "restore_command",
      current: command.base,
      apply: applyOf(command.setting),
    };
  },
});
