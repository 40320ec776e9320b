import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { sharedBuffers } from "../../sizing/memory.ts";
import { maxWalSize } from "../../sizing/wal.ts";
import { siteOf } from "../support/site.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { bytesOf, draftAbout, sizeText, statement } from "../support/tuning.ts";
import { meantSize } from "../support/unit-slips.ts";

const GB = 1024 ** 3;
const MB = 1024 ** 2;
/** Below this the log of an ordinary import makes a checkpoint every few seconds, on any host. */
const TINY = 256 * MB;
/** server/wal-size has what is smaller. */
const TWO_SEGMENTS = 32 * MB;

export default defineRule({
  id: "io/max-wal-size",
  title: "max_wal_size makes checkpoints too frequent",
  severity: "info",
  docs: () => ({
    why: 'When half of max_wal_size or so is written since the last checkpoint, the next one starts, whatever checkpoint_timeout says. Each writes all dirty buffers, and the first change of every page after it goes into the log as a whole page. On a server that writes much a small value multiplies both; the log says "checkpoints are occurring too frequently".',
    fix: "As much as shared_buffers is a good start, where the disk has room; then raise it until checkpoints come by time. A reload is enough.",
    traps:
      "It is a wish, not a limit: replication slots, wal_keep_size and a failing archive_command keep more. Recovery after a crash has to go through about as much log.",
    leave:
      "Leave it where little is written, where the disk of pg_wal is small, or where recovery must be short.",
    see: [settingDocs("wal", "max_wal_size"), pgDocs("wal-configuration")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const site = siteOf(cluster);
    const size = conf?.known("max_wal_size");
    if (!conf || !size || meantSize(size) !== undefined) return;
    const bytes = bytesOf(size);
    if (site && site.kind !== "desktop") {
      const enough = maxWalSize(site, sharedBuffers(site).bytes).bytes;
      const small = Math.min(site.memory < 16 * GB ? GB : 2 * GB, enough);
      if (site.memory < 4 * GB || bytes >= small) return;
      const suggested = sizeText(size.setting, enough);
      yield draftAbout(
        conf,
        size,
        `${statement(conf, size)}; ${suggested} suits a host with ${roughBytes(site.memory)} of RAM if its disk has room.`,
        suggested,
      );
    } else if (!site && size.item && bytes < TINY && bytes >= TWO_SEGMENTS)
      yield draftAbout(
        conf,
        size,
        `max_wal_size = ${roughBytes(bytes)} starts a checkpoint for every ${roughBytes(bytes / 2)} of log or so; the default is 1GB.`,
        "1GB",
      );
  },
});
