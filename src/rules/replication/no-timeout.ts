import { defineRule } from "../../engine/rule.ts";
import { replaceValue } from "../support/replace-value.ts";
import { settingDocs } from "../support/sources.ts";

const SIDES = {
  wal_sender_timeout:
    "a standby that vanished keeps its WAL sender, and with it a synchronous commit or a slot",
  wal_receiver_timeout:
    "a standby whose primary vanished waits on a dead connection and does not try another",
};

export default defineRule({
  id: "replication/no-timeout",
  title: "replication that does not notice a dead peer",
  severity: "warning",
  controls: ["I10"],
  docs: () => ({
    why: "When the other host loses power or a firewall drops the connection, no packet says so. Without a timeout the server waits until TCP gives up, by default after more than two hours; meanwhile commits hang, WAL piles up, or a standby falls behind while it looks connected.",
    fix: "Leave both at 60s; over a poor line write some minutes, not 0.",
    traps:
      "A base backup or a large transaction of a logical subscriber that breaks off is mostly a slow disk or a too short timeout on one side; raise it for that role (ALTER ROLE … SET wal_sender_timeout, from 12 on) instead of switching it off for all.",
    leave: "Where tcp_keepalives_idle, _interval and _count find a dead peer within minutes.",
    see: [
      settingDocs("replication", "wal_sender_timeout"),
      settingDocs("replication", "wal_receiver_timeout"),
    ],
  }),
  *check({ conf }) {
    for (const [name, cost] of Object.entries(SIDES)) {
      const timeout = conf?.known(name);
      if (timeout?.value === 0)
        yield* replaceValue(timeout, "60s", `${name} = 0: ${cost}, until TCP gives up.`);
    }
  },
});
