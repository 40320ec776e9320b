import { defineRule } from "../../engine/rule.ts";
import { aboutCommand, archiveCommandOf, destinationOf, isIdle } from "../support/archive-command.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

/** Gone after a restart, or swept by the system after some days. */
const FLEETING = /^\/(?:tmp|var\/tmp|dev\/shm|run|var\/run)\//;
/** Where packages and images put the data directory. */
const USUAL_DATA = /^\/var\/lib\/(?:postgresql\/(?:data|\d+\/main)|pgsql\/(?:\d+\/)?data)\//;

export default defineRule({
  id: "backup/archive-destination",
  title: "a WAL archive where it will not survive",
  severity: "warning",
  controls: ["H04"],
  docs: () => ({
    why: "The archive is for the day on which the data directory is lost. Inside that directory it goes with it, fills the same disk, and is part of every base backup. In /tmp it is swept after some days or at a restart, and any user of the host may write there first.",
    fix: "Archive to another host or an object store; a mounted disk of its own is the least.",
    traps: "A relative path is relative to the data directory, because that is where the command runs.",
    leave: "On a test server, or where something else carries the files away within minutes.",
    see: [pgDocs("continuous-archiving", "BACKUP-ARCHIVING-WAL"), settingDocs("wal", "archive_command")],
  }),
  *check({ conf }) {
    const command = archiveCommandOf(conf);
    if (!command) return;
    const dataDirectory = conf?.known("data_directory")?.base;
    for (const each of command.commands) {
      const target = isIdle(each) ? undefined : destinationOf(each);
      const where = target === undefined ? undefined : badPlace(target, dataDirectory);
      if (where !== undefined)
        return yield aboutCommand(command, `archive_command writes to ${target}, ${where}.`);
    }
  },
});

function badPlace(target: string, dataDirectory = ""): string | undefined {
  if (FLEETING.test(target)) return "which does not outlive a restart or a clean-up";
  if (dataDirectory !== "" && target.startsWith(`${dataDirectory.replace(/\/+$/, "")}/`))
    return "inside the data directory that it shall bring back";
  if (USUAL_DATA.test(target)) return "inside what is usually the data directory";
  const relative = /^[\w%.][^:]*$/.test(target) && !target.startsWith("..") && target !== "%p";
  return relative ? "which is inside the data directory, where the command runs" : undefined;
}
