import type { Conf } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { readConninfo } from "../../syntax/conninfo.ts";
import { applyOf, placeOf, related } from "../support/conf.ts";
import { pgDocs, pgSource, settingDocs } from "../support/sources.ts";
import { warnsAtStart } from "../support/start.ts";

export default defineRule({
  id: "replication/slot-sync-requirements",
  title: "a standby that shall copy logical slots, and cannot",
  severity: "warning",
  versions: { postgres: ">=17" },
  docs: () => ({
    why: "With sync_replication_slots a standby keeps copies of its primary's failover slots, so that subscribers go on after a failover. Where one of its conditions is missing, the standby starts, writes one line to its log and copies nothing. It shows after the failover, when the subscribers find no slot.",
    fix: "On the standby set wal_level = logical, hot_standby_feedback = on, primary_slot_name, and a dbname in primary_conninfo, which replication itself does not need.",
    traps:
      "Only slots that were made with failover = true are copied. On the primary name the standby's slot in synchronized_standby_slots, else a subscriber may be ahead of the standby.",
    leave: "Never; without the conditions sync_replication_slots does nothing.",
    see: [
      settingDocs("replication", "sync_replication_slots"),
      pgDocs("logicaldecoding-explanation", "LOGICALDECODING-REPLICATION-SLOTS-SYNCHRONIZATION"),
      pgSource("replication/logical/slotsync.c"),
    ],
  }),
  *check({ conf }) {
    const sync = conf?.known("sync_replication_slots");
    const place = sync && placeOf(sync);
    // On a primary the setting waits for a change of roles.
    if (!conf || !place || sync.value !== true || !conf.known("primary_conninfo")?.base) return;
    for (const { name, missing, words } of missingIn(conf))
      yield {
        place,
        message: `sync_replication_slots = on copies no slot: ${missing}.`,
        setting: "sync_replication_slots",
        current: "on",
        apply: applyOf(sync.setting),
        server: warnsAtStart(`replication slot synchronization requires ${words}`),
        related: related(conf.known(name), missing),
      };
  },
});

function* missingIn(conf: Conf): Generator<{ name: string; missing: string; words: string }> {
  const base = (name: string) => conf.known(name)?.base;
  const level = base("wal_level");
  if (level !== undefined && level !== "logical")
    yield { name: "wal_level", missing: `wal_level = ${level}`, words: '"wal_level" >= "logical"' };
  if (base("primary_slot_name") === "")
    yield {
      name: "primary_slot_name",
      missing: "primary_slot_name is empty",
      words: '"primary_slot_name" to be set',
    };
  if (base("hot_standby_feedback") === "off")
    yield {
      name: "hot_standby_feedback",
      missing: "hot_standby_feedback = off",
      words: '"hot_standby_feedback" to be enabled',
    };
  const { pairs, error } = readConninfo(base("primary_conninfo") ?? "");
  // A service file may name the database.
  if (!error && !pairs.some(({ keyword }) => keyword === "dbname" || keyword === "service"))
    yield {
      name: "primary_conninfo",
      missing: "primary_conninfo has no dbname",
      words: '"dbname" to be specified in "primary_conninfo"',
    };
}
