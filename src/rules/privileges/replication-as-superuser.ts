import { defineRule } from "../../engine/rule.ts";
import { readConninfo } from "../../syntax/conninfo.ts";
import { pgDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/replication-as-superuser",
  title: "the standby logs in to the primary as a superuser",
  severity: "warning",
  versions: { postgres: ">=12" },
  controls: ["F11", "CIS 7.1"],
  docs: () => ({
    why: "To receive WAL takes a role with REPLICATION and nothing else. As a superuser, whoever gets at the standby's password or certificate may change and drop everything on the primary, and run programs there.",
    fix: "`CREATE ROLE replicator LOGIN REPLICATION`, and name it in primary_conninfo and in the primary's pg_hba.conf.",
    traps:
      "pg_rewind and some failover tools ask for a superuser or for grants on a few functions; give them a role of their own. REPLICATION alone can already copy the whole cluster.",
    leave: "In a test.",
    see: [pgDocs("warm-standby", "STREAMING-REPLICATION-AUTHENTICATION")],
  }),
  *check({ conf, workload }) {
    const conninfo = writtenIn(conf, "primary_conninfo");
    const user =
      conninfo && readConninfo(conninfo.base).pairs.find(({ keyword }) => keyword === "user")?.value;
    if (!conninfo || user === undefined || !workload.superusers.includes(user)) return;
    const { place, setting, apply } = unwise(conninfo, "");
    yield {
      place,
      message: `The standby logs in as ${user}, a superuser; a role with REPLICATION is all that it needs.`,
      ...(setting && { setting }),
      ...(apply && { apply }),
    };
  },
});
