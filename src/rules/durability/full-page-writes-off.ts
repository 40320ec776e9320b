import { defineRule } from "../../engine/rule.ts";
import { replaceValue } from "../support/replace-value.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "durability/full-page-writes-off",
  title: "full_page_writes = off: pages torn by a crash stay torn",
  severity: "error",
  controls: ["G02"],
  docs: () => ({
    why: "A page has 8 kB, disks write 512 bytes or 4 kB at a time. A power cut in the middle leaves half of the old page and half of the new one, and recovery can mend that only from the copy of the whole page in the WAL. Without it the damage stays and is found when somebody reads the row, often after the last good backup is gone.",
    fix: "Remove the line, or write `full_page_writes = on`. For less WAL use wal_compression, a longer checkpoint_timeout and a larger max_wal_size: each page is written in full only once after a checkpoint.",
    traps:
      "A battery behind the disk cache does not help by itself; what counts is that 8 kB are written as a whole. During a base backup the server writes full pages anyway.",
    leave:
      "On a file system that never writes a page in place, such as ZFS with a recordsize of 8 kB or more, when the storage below was tested with pulled plugs.",
    see: [settingDocs("wal", "full_page_writes"), pgDocs("wal-reliability")],
  }),
  *check({ conf }) {
    const writes = conf?.known("full_page_writes");
    if (writes?.value === false)
      yield* replaceValue(
        writes,
        "on",
        "full_page_writes = off: a crash of the host in the middle of a page leaves it half old and half new, and recovery cannot mend it.",
        { confidence: "medium" },
      );
  },
});
