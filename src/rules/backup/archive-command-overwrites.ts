import { defineRule } from "../../engine/rule.ts";
import {
  type ArchiveCommand,
  aboutCommand,
  archiveCommandOf,
  destinationOf,
  instead,
  isIdle,
} from "../support/archive-command.ts";
import type { ShellCommand } from "../support/shell.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "backup/archive-command-overwrites",
  title: "an archive_command that overwrites what the archive has",
  severity: "warning",
  controls: ["H04", "CIS 7.4"],
  docs: () => ({
    why: "Two clusters that share an archive, as after a failover or a restored copy that was started for a test, write segments of the same names. A plain copy lets the second destroy the archive of the first, and nobody notices before a restore. A plain copy that a crash cuts short also leaves half a segment under the final name.",
    fix: "Use a tool made for it (pgBackRest, WAL-G, Barman). By hand: `test ! -f /archive/%f && cp %p /archive/.%f.part && mv /archive/.%f.part /archive/%f`.",
    traps:
      "`cp -n` and `cp -i` do not overwrite, but many versions of cp then report success, so that the server recycles a segment that was never stored. cp does not wait for the disk either: a crash of the archive host loses segments that count as archived.",
    leave: "Where the target itself keeps old versions, such as a bucket with versioning or a snapshot.",
    see: [pgDocs("continuous-archiving", "BACKUP-ARCHIVING-WAL"), settingDocs("wal", "archive_command")],
  }),
  *check({ conf }) {
    const command = archiveCommandOf(conf);
    if (!command || isGuarded(command)) return;
    for (const each of command.commands) {
      const target = isIdle(each) ? undefined : destinationOf(each);
      const problem = target === undefined ? undefined : problemOf(each);
      if (target === undefined || problem === undefined) continue;
      const test = isLocal(target) ? `test ! -f ${fileIn(target)} && ` : "";
      yield {
        ...aboutCommand(command, `archive_command: ${problem}${test && `; test for it first (${test}…)`}.`),
        ...(test !== "" && isChain(command) && instead(command, `${test}${command.text}`)),
      };
      return;
    }
  },
});

/** It asks whether the file is there, or has the shell refuse to write over it. */
const isGuarded = ({ text, structured }: ArchiveCommand): boolean =>
  structured || /(?:\btest|\[)\s+(?:!\s+)?-[aefrs]\s|\bset\s+-(?:o\s+noclobber|\w*C)/.test(text);

/** A step that fails ends it, so that a test can go before all. */
const isChain = ({ commands }: ArchiveCommand): boolean =>
  commands.every(({ after }) => after === "" || after === "&&");

const isLocal = (target: string): boolean => !target.includes(":") && !/[\s"'$`]/.test(target);

/** A target without %f is the directory, as far as one can hope. */
const fileIn = (target: string): string =>
  target.includes("%f") ? target : `${target.replace(/\/$/, "")}/%f`;

function problemOf(command: ShellCommand): string | undefined {
  const { program, words } = command;
  if (program === "mv") return undefined;
  const has = (...options: (string | RegExp)[]) =>
    words.some((word) =>
      options.some((option) => (typeof option === "string" ? word === option : option.test(word))),
    );
  if (program === "rsync" && has("--ignore-existing", "--backup", "-b")) return undefined;
  if (program === "cp" && has(/^-[a-z]*b/i, /^--backup/)) return undefined;
  if (program === "cp" && has(/^-[a-z]*[ni]/i, "--no-clobber", "--interactive"))
    return `${words.slice(0, 2).join(" ")} skips a file that is already in the archive, and many versions of cp report that as success`;
  return `${program} writes over a segment that is already in the archive`;
}
