import type { Cluster } from "../../cluster/cluster.ts";
import type { Conf } from "../../cluster/conf.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { readConninfo } from "../../syntax/conninfo.ts";
import { applyOf, placeOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "replication/wal-not-kept",
  title: "nothing keeps the WAL that a standby still needs",
  severity: "info",
  controls: ["I05"],
  docs: () => ({
    why: "After a checkpoint the primary reuses its segments. A standby that was down, or slow, for longer asks for one that is gone («requested WAL segment … has already been removed») and must be built anew, over the network and with all of the data.",
    fix: "Give each standby a slot (primary_slot_name, with max_slot_wal_keep_size on the primary), or an archive to read from (restore_command); or set wal_keep_size on the primary to what it writes during your longest outage.",
    traps:
      "max_wal_size is no such promise: it says when to checkpoint. wal_keep_size was wal_keep_segments, counted in segments, up to 12.",
    leave:
      "Where a standby is small and quickly built anew, or where the primary is known to have wal_keep_size.",
    see: [
      settingDocs("replication", "wal_keep_size"),
      settingDocs("replication", "primary_slot_name"),
      settingDocs("wal", "restore_command"),
    ],
  }),
  *check(cluster) {
    yield* onStandby(cluster);
    if (cluster.conf) yield* onPrimary(cluster.conf);
  },
});

/** Does a server keep segments for whoever may ask? Undefined where a part of its configuration does not say. */
function keepsSegments(conf: Conf): boolean | undefined {
  const keep = conf.known("wal_keep_size") ?? conf.known("wal_keep_segments");
  return keep && Number(keep.value) > 0;
}

/** It streams, and neither a slot nor an archive would help it after a pause. */
function* onStandby({ conf, primary }: Cluster): Generator<Draft> {
  const conninfo = conf?.known("primary_conninfo");
  const place = conninfo && placeOf(conninfo);
  const [slot, restore] = [conf?.known("primary_slot_name"), conf?.known("restore_command")];
  if (!place || slot?.base !== "" || restore?.base !== "") return;
  if (conninfo.base === "" || readConninfo(conninfo.base).error) return;
  const kept = primary?.conf && keepsSegments(primary.conf);
  if (kept) return;
  yield {
    place,
    message: `primary_conninfo comes without primary_slot_name or restore_command${kept === false ? ", and the primary has wal_keep_size = 0" : ""}: after a longer pause the WAL that this standby needs is gone, and it must be built anew.`,
    ...(kept === false ? { severity: "warning" } : { confidence: "medium" }),
    setting: "primary_slot_name",
    current: "",
    apply: applyOf(slot.setting),
  };
}

/** Somebody forbade slots on a server that has standbys, or may have. */
function* onPrimary(conf: Conf): Generator<Draft> {
  const slots = conf.known("max_replication_slots");
  const place = slots && placeOf(slots);
  const senders = conf.known("max_wal_senders");
  if (!place || slots.value !== 0 || !(Number(senders?.value) > 0)) return;
  if (keepsSegments(conf) !== false || conf.known("archive_mode")?.base !== "off") return;
  if (conf.known("wal_level")?.base === "logical") return;
  yield {
    place,
    message: `max_replication_slots = 0, no WAL archive and no wal_keep_size: ${senders?.base} standbys may connect, and nothing keeps WAL for one that was away.`,
    setting: "max_replication_slots",
    current: slots.base,
    suggested: "10",
    apply: applyOf(slots.setting),
  };
}
