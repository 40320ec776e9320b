import { defineRule } from "../../engine/rule.ts";
import { aboutCommand, archiveCommandOf } from "../support/archive-command.ts";
import type { ShellCommand } from "../support/shell.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/archive-command-takes-wal",
  title: "an archive_command that takes the segment out of pg_wal",
  severity: "error",
  docs: () => ({
    why: "A segment that is being archived may still be needed in pg_wal: for recovery after a crash, for a standby that lags, for a slot. If it is gone, the server does not start after the next crash, and a standby must be built anew. Between crashes nobody notices.",
    fix: "Copy, and leave the file: `gzip < %p > …` in place of `gzip %p`, cp in place of mv. The server removes or reuses the segment itself when it is done with it.",
    leave: "Never.",
    see: [settingDocs("wal", "archive_command"), pgDocs("wal-internals")],
  }),
  *check({ conf }) {
    const command = archiveCommandOf(conf);
    const taking = command?.commands.find(takesAway);
    if (command && taking)
      yield aboutCommand(
        command,
        `archive_command: "${taking.words.join(" ")}" removes the segment from pg_wal while the server may still need it to recover.`,
      );
  },
});

const COMPRESSORS = new Set("gzip pigz xz bzip2".split(" "));

function takesAway({ program, words }: ShellCommand): boolean {
  // A lone %p: with a folder or an ending it is another file.
  const segment = words.some((word) => word === "%p" || word === "pg_wal/%f");
  if (!segment) return false;
  if (program === "rsync") return words.includes("--remove-source-files");
  if (COMPRESSORS.has(program))
    return !words.some((word) => /^-[a-z0-9]*[ckt]|^--(?:stdout|to-stdout|keep|test)$/.test(word));
  return program === "mv" ? words.at(-1) !== "%p" : program === "rm";
}
