import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOrAbsent } from "../support/conf.ts";
import { roleOf } from "../support/replication-role.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "replication/rewind-impossible",
  title: "pg_rewind may be impossible after a failover",
  severity: "info",
  profiles: ["strict"],
  controls: ["G11"],
  versions: { postgres: "<18" },
  docs: () => ({
    why: "After a failover pg_rewind makes the old primary a standby again in minutes, but only if it ran with data checksums or wal_log_hints. Otherwise it must be copied anew, and that is found out during the outage.",
    fix: "Write `wal_log_hints = on`, on all servers, before the failover; it takes a restart. With data checksums it is not needed.",
    traps:
      "It writes a full page for the first hint on a page after a checkpoint, so the WAL grows. From 18 on initdb turns checksums on.",
    leave: "Where `SHOW data_checksums` says on; no configuration file shows that.",
    see: [pgDocs("app-pgrewind"), settingDocs("wal", "wal_log_hints")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const hints = conf?.known("wal_log_hints");
    if (!conf || hints?.value !== false) return;
    const standbys = conf.known("synchronous_standby_names")?.base ?? "";
    if (roleOf(cluster) === "primary" && standbys === "") return;
    yield {
      place: placeOrAbsent(conf, hints),
      message:
        "wal_log_hints = off: unless the cluster has data checksums, pg_rewind cannot bring an old primary back after a failover.",
      confidence: "low",
      setting: "wal_log_hints",
      current: "off",
      suggested: "on",
      apply: applyOf(hints.setting),
    };
  },
});
