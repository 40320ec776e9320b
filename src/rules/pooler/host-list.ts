import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { pairOf, pairPlace } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/host-list",
  title: "a list of hosts does not find the primary",
  severity: "info",
  controls: ["pgbouncer/F-host-list"],
  docs: () => ({
    why: "PgBouncer deals connections out over the hosts in turn and does not ask who is the primary. With a standby in the list, writes fail now and then with `cannot execute INSERT in a read-only transaction`.",
    fix: "List standbys only, for reading. For the primary use a name or address that moves with it, or have the failover tool rewrite the entry and RELOAD.",
    traps:
      "load_balance_hosts=disable (1.24 and later) tries the hosts in their order and goes on at a failed connect; it does not look at the role either. There is no target_session_attrs.",
    leave: "Where all of them are standbys of one primary, or each takes writes.",
    see: [poolerDocs("host"), poolerDocs("load_balance_hosts")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    for (const { hosts, target, name } of databasesOf(pooler)) {
      const pair = pairOf(target, "host");
      if (!pair || !hosts || hosts.length < 2) continue;
      const inOrder = pairOf(target, "load_balance_hosts")?.value.toLowerCase() === "disable";
      yield {
        place: pairPlace(target, pair),
        confidence: "medium",
        message: `${name} ${inOrder ? `takes the first of ${hosts.length} hosts that answers` : `is dealt out over ${hosts.length} hosts`}, whichever of them is the primary.`,
      };
    }
  },
});
