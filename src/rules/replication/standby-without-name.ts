import { defineRule } from "../../engine/rule.ts";
import { readConninfo } from "../../syntax/conninfo.ts";
import { placeOf, related } from "../support/conf.ts";
import { pgSource, settingDocs } from "../support/sources.ts";
import { syncStandbysOf } from "../support/sync-standbys.ts";

export default defineRule({
  id: "replication/standby-without-name",
  title: "a standby whose name is in no list of synchronous standbys",
  severity: "warning",
  versions: { postgres: ">=12" },
  docs: () => ({
    why: "A primary knows its standbys by application_name. A standby that gives none, and has no cluster_name, is called walreceiver: it is not on the list, confirms nothing, and the commits of the primary wait for one that never comes.",
    fix: "Add `application_name=munich` to primary_conninfo, or set cluster_name; then look for it in pg_stat_replication.",
    traps:
      "The name of its host or of its slot counts for nothing. A primary_conninfo that pg_basebackup -R wrote has no application_name unless the option -d had one.",
    leave: "On a standby that is meant to be asynchronous, beside others that are on the list.",
    see: [
      settingDocs("replication", "synchronous_standby_names"),
      settingDocs("logging", "cluster_name"),
      pgSource("replication/walreceiver.c"),
    ],
  }),
  *check({ conf, primary }) {
    const conninfo = conf?.known("primary_conninfo");
    const place = conninfo && placeOf(conninfo);
    // Servers that change roles often share one file, so that the list may be this standby's own.
    const standbys = syncStandbysOf(primary?.conf ?? conf);
    if (!place || !standbys || standbys.any || standbys.names.includes("walreceiver")) return;
    const { pairs, error } = readConninfo(conninfo.base);
    const named = pairs.some(({ keyword }) => keyword === "application_name" || keyword === "service");
    if (conninfo.base === "" || error || named || conf?.known("cluster_name")?.base !== "") return;
    yield {
      place,
      message: `primary_conninfo has no application_name and cluster_name is empty, so this standby is called walreceiver; commits wait for ${standbys.names.join(", ")}.`,
      confidence: "medium",
      setting: "primary_conninfo",
      apply: "reload",
      related: related(standbys.setting, "the names that count"),
    };
  },
});
