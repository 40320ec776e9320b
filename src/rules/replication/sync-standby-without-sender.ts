import { defineRule } from "../../engine/rule.ts";
import { applyOf, related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { syncStandbysOf } from "../support/sync-standbys.ts";

export default defineRule({
  id: "replication/sync-standby-without-sender",
  title: "commits wait for standbys that cannot connect",
  severity: "error",
  controls: ["I07", "U09"],
  docs: () => ({
    why: "Each standby takes a WAL sender. With fewer senders than standbys that must confirm, no commit ever ends: the server starts without a word, and the first write of every session hangs.",
    fix: "Raise max_wal_senders (10 by default) above the number of standbys, with some to spare for base backups; or empty synchronous_standby_names.",
    traps:
      "A session that hangs can be cancelled; its transaction is then committed on the primary all the same, with a warning.",
    leave: "Never: no write can succeed.",
    see: [
      settingDocs("replication", "synchronous_standby_names"),
      settingDocs("replication", "max_wal_senders"),
    ],
  }),
  *check({ conf }) {
    const standbys = syncStandbysOf(conf);
    const senders = conf?.known("max_wal_senders");
    if (!conf || !standbys || !senders || Number(senders.value) >= standbys.count) return;
    const { setting, place, count } = standbys;
    yield {
      place,
      message: `Every commit waits for ${count} standby${count === 1 ? "" : "s"}, and max_wal_senders = ${senders.base} lets ${Number(senders.value) === 0 ? "none" : `only ${senders.base}`} connect: no commit ever ends.`,
      setting: setting.setting.name,
      current: setting.base,
      suggested: "",
      apply: applyOf(setting.setting),
      related: related(senders, "one for each standby"),
    };
  },
});
