import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOrAbsent, related } from "../support/conf.ts";
import { roleOf } from "../support/replication-role.ts";
import { settingDocs } from "../support/sources.ts";

/** A segment of 16 MB more often than every half minute. */
const SHORT = 30;
const DAY = 86_400;

export default defineRule({
  id: "backup/archive-timeout",
  title: "how much the newest, unarchived segment may hold",
  severity: "info",
  controls: ["H07"],
  docs: () => ({
    why: "A segment is archived when it is full. On a quiet server 16 MB may be hours of work, and they are lost with the disk although archiving «works». archive_timeout closes a segment early; set to a few seconds, it fills the archive with segments that are nearly empty but full in size.",
    fix: "Write `archive_timeout = 5min`, or as much as you can afford to lose; a minute is a sensible minimum.",
    traps:
      "A server without any writes switches no segment, however short the time. Segments that are closed early still have 16 MB; a tool that compresses makes them small.",
    leave:
      "Where the WAL is streamed to the archive (pg_receivewal, Barman), or writes fill a segment every minute.",
    see: [settingDocs("wal", "archive_timeout")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const timeout = conf?.known("archive_timeout");
    const mode = conf?.known("archive_mode");
    if (!conf || !timeout || !mode || mode.base === "off" || roleOf(cluster) === "standby") return;
    const seconds = Number(timeout.value);
    if (seconds >= SHORT) return;
    const perDay = Math.round((DAY / seconds) * 16);
    yield {
      place: placeOrAbsent(conf, timeout),
      message:
        seconds === 0
          ? `archive_mode = ${mode.base} and archive_timeout = 0: what is in the newest segment is archived only when its 16 MB are full, on a quiet server after hours.`
          : `archive_timeout = ${seconds}s closes up to ${DAY / seconds} segments of 16 MB a day, ${Math.round(perDay / 1024)} GB of archive for a server that writes little.`,
      setting: "archive_timeout",
      current: timeout.item?.entry.value ?? timeout.base,
      suggested: "5min",
      apply: applyOf(timeout.setting),
      related: related(mode, "archiving is on"),
    };
  },
});
