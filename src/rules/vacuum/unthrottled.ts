import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout, valueText } from "../support/tuning.ts";
import { paceOf } from "../support/vacuum-pace.ts";

export default defineRule({
  id: "vacuum/unthrottled",
  title: "nothing holds autovacuum back",
  severity: "info",
  profiles: ["strict"],
  controls: ["J05"],
  docs: () => ({
    why: "Without a delay every autovacuum worker reads and writes as fast as the disks go, and a vacuum of a large table shows in the response times of everybody else.",
    fix: "Write `autovacuum_vacuum_cost_delay = 2ms` and raise autovacuum_vacuum_cost_limit until it keeps up.",
    traps: "-1 takes vacuum_cost_delay, which is 0 unless it was changed.",
    leave: "Leave it where the disks have room to spare; on fast NVMe many do so on purpose.",
    see: [settingDocs("autovacuum", "autovacuum_vacuum_cost_delay")],
  }),
  *check({ conf }) {
    const delay = conf?.known("autovacuum_vacuum_cost_delay");
    if (!conf || !delay?.item || paceOf(conf)?.bytes !== Number.POSITIVE_INFINITY) return;
    yield draftAbout(
      conf,
      delay,
      `autovacuum_vacuum_cost_delay = ${valueText(conf, delay)} lets autovacuum take all that the disks give.`,
      "2ms",
    );
  },
});
