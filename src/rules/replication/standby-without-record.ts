import { defineRule } from "../../engine/rule.ts";
import { forReplication } from "../support/replication-records.ts";
import { pgDocs } from "../support/sources.ts";
import { syncStandbysOf } from "../support/sync-standbys.ts";

export default defineRule({
  id: "replication/standby-without-record",
  title: "commits wait for standbys that pg_hba.conf does not let in",
  severity: "warning",
  controls: ["I02"],
  docs: () => ({
    why: "A standby logs in to the database `replication`, which is a word of its own in pg_hba.conf: `all` does not cover it. Without such a record no standby connects, and with synchronous_standby_names set no commit ends.",
    fix: "Add `hostssl replication replicator 10.0.0.6/32 scram-sha-256`, with the role and address of the standby.",
    traps: 'In double quotes, "replication" is an ordinary database of that name.',
    leave: "Never; either the standbys or the names are missing.",
    see: [pgDocs("auth-pg-hba-conf"), pgDocs("warm-standby", "STREAMING-REPLICATION-AUTHENTICATION")],
  }),
  *check({ conf, hba }) {
    const standbys = syncStandbysOf(conf);
    if (!standbys || !hba?.accepts || forReplication(hba).length > 0) return;
    yield {
      place: standbys.place,
      message: `Commits wait for ${standbys.names.join(", ")}, and no record of pg_hba.conf is for replication: no standby gets in.`,
      setting: standbys.setting.setting.name,
      current: standbys.setting.base,
      related: [
        { place: { source: hba.source, span: { start: 0, end: 0 } }, message: "has no replication record" },
      ],
    };
  },
});
