import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { forReplication } from "../support/replication-records.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "replication/record-without-sender",
  title: "pg_hba.conf lets standbys in, and the server has no WAL sender for them",
  severity: "info",
  controls: ["U08"],
  docs: () => ({
    why: "With max_wal_senders = 0 every replication connection ends with «number of requested standby connections exceeds max_wal_senders», whatever pg_hba.conf says: no standby, no pg_basebackup, no streaming backup. One of the two files does not mean what it says.",
    fix: "Set max_wal_senders (10 by default; it takes a restart), or remove the replication records.",
    leave: "Where replication is switched on and off, and the records wait for it.",
    see: [settingDocs("replication", "max_wal_senders")],
  }),
  *check({ conf, hba }) {
    const senders = conf?.known("max_wal_senders");
    if (!senders?.item || senders.value !== 0) return;
    const [first, ...others] = forReplication(hba);
    if (!first) return;
    const more = others.length > 0 ? ` (and ${others.length} more)` : "";
    yield {
      place: first.place,
      message: `This replication record${more} lets nobody in: max_wal_senders = 0.`,
      related: related(senders, "no WAL sender at all"),
    };
  },
});
