import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOrAbsent, related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { readable } from "../support/values.ts";

/** In MB, as max_slot_wal_keep_size counts. */
const LEAST = 10 * 1024;

export default defineRule({
  id: "replication/slots-without-limit",
  title: "a forgotten replication slot may fill the disk",
  severity: "warning",
  controls: ["I06"],
  versions: { postgres: ">=13" },
  docs: () => ({
    why: "A slot keeps all WAL since its consumer last confirmed, without any limit. A standby that was taken away, or a change capture that stopped on Friday, fills the disk of pg_wal over the weekend, and the primary stops with a PANIC.",
    fix: "Set max_slot_wal_keep_size to what the disk of pg_wal has to spare. A slot that falls further behind is given up: that consumer must be built anew, and the primary goes on.",
    traps:
      "The limit is looked at when a checkpoint ends, so leave room for max_wal_size above it. From 18 on idle_replication_slot_timeout gives up slots that nobody has used for a time.",
    leave:
      "Where a consumer must never lose a change, even if the primary stops for it, and somebody watches pg_replication_slots.",
    see: [
      settingDocs("replication", "max_slot_wal_keep_size"),
      settingDocs("replication", "idle_replication_slot_timeout"),
    ],
  }),
  *check({ conf }) {
    const limit = conf?.known("max_slot_wal_keep_size");
    const slots = conf?.known("max_replication_slots");
    const level = conf?.known("wal_level");
    // Ten slots are allowed by default; only who asks for slots has some.
    const asked = [slots, level?.base === "logical" ? level : undefined].find((setting) => setting?.item);
    if (!conf || Number(limit?.value) !== -1 || !limit || !asked || slots?.value === 0) return;
    if (Number(conf.known("idle_replication_slot_timeout")?.value ?? 0) > 0) return;
    const most = Math.max(LEAST, 4 * Number(conf.known("max_wal_size")?.value ?? 0));
    yield {
      place: placeOrAbsent(conf, limit),
      message: `max_slot_wal_keep_size ${limit.item ? "= -1" : "is not set"} while ${asked.setting.name} = ${asked.base}: a slot that nobody reads keeps WAL until the disk is full.`,
      // Whether there is a slot only the server knows.
      confidence: "medium",
      setting: "max_slot_wal_keep_size",
      current: "-1",
      suggested: readable(limit.setting, most, conf.version),
      apply: applyOf(limit.setting),
      related: related(asked, "asks for slots"),
    };
  },
});
