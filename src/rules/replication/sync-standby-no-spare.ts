import { defineRule } from "../../engine/rule.ts";
import { applyOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { syncStandbysOf } from "../support/sync-standbys.ts";

/** They put the names of the standbys that are up into the setting, and take others out. */
const MANAGE_NAMES = ["patroni", "cnpg"];

export default defineRule({
  id: "replication/sync-standby-no-spare",
  title: "one standby down stops every commit",
  severity: "info",
  controls: ["I09"],
  docs: () => ({
    why: "Where all of the named standbys must confirm, the restart of any of them, or a cut of the network to it, makes every commit on the primary wait until it is back. The pair is then less available than one server alone.",
    fix: "Name one standby more than must confirm, such as `ANY 1 (berlin, munich)`.",
    traps:
      "Sessions that wait are shown in pg_stat_activity with the wait event SyncRep; they do not time out.",
    leave:
      "Where no commit may be lost and waiting is the better evil, or where something takes the name out when a standby is down.",
    see: [settingDocs("replication", "synchronous_standby_names")],
  }),
  *check({ conf, target }) {
    const standbys = syncStandbysOf(conf);
    if (!standbys || standbys.any || standbys.count !== standbys.names.length) return;
    if (MANAGE_NAMES.includes(target.platform)) return;
    // Where they cannot connect at all, there is more to say than this.
    if (Number(conf?.known("max_wal_senders")?.value) < standbys.count) return;
    const { setting, place, count, names } = standbys;
    const all = count === 1 ? names[0] : `all ${count} of ${names.join(", ")}`;
    yield {
      place,
      message: `Every commit waits for ${all}: ${count === 1 ? "while it is" : "while one of them is"} down, nothing can be written.`,
      setting: setting.setting.name,
      current: setting.base,
      apply: applyOf(setting.setting),
    };
  },
});
