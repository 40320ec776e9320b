import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { related } from "../support/conf.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { draftAbout, valueText } from "../support/tuning.ts";
import { paceOf } from "../support/vacuum-pace.ts";

/** A quarter of what 200 units every 2ms allow, the defaults since 12. */
const SLOW = 10 * 1024 ** 2;

export default defineRule({
  id: "vacuum/throttled",
  title: "autovacuum is held back to a few megabytes a second",
  severity: "warning",
  controls: ["J05"],
  docs: () => ({
    why: "autovacuum_vacuum_cost_limit units of work are allowed in every autovacuum_vacuum_cost_delay, and all workers share them. At a few megabytes a second a vacuum of a large table takes days, dead rows come faster than they go, and the age of the oldest transaction grows with nobody noticing until the server vacuums against wraparound.",
    fix: "Write `autovacuum_vacuum_cost_delay = 2ms`, the default from 12 on, and raise autovacuum_vacuum_cost_limit to 1000 or 2000 where the disks can take it.",
    traps:
      "20ms was the default up to 11, and old files carry it along. More workers do not help: they share the same limit. -1 takes vacuum_cost_limit, and for the delay vacuum_cost_delay, where 0 means no delay.",
    leave: "Leave it on a host with slow disks whose tables hardly change.",
    see: [
      settingDocs("autovacuum", "autovacuum_vacuum_cost_delay"),
      settingDocs("autovacuum", "autovacuum_vacuum_cost_limit"),
      pgDocs("runtime-config-resource", "RUNTIME-CONFIG-RESOURCE-VACUUM-COST"),
    ],
  }),
  *check({ conf }) {
    const pace = conf && paceOf(conf);
    if (!conf || !pace || pace.bytes >= SLOW) return;
    const { limit, delay, bytes } = pace;
    // What nobody wrote is a default, which in 10 and 11 is slow as well.
    const slow = delay.item && Number(delay.value) > 2 ? delay : limit;
    if (!slow.item) return;
    const own = slow === delay ? "autovacuum_vacuum_cost_delay" : "autovacuum_vacuum_cost_limit";
    const fits = slow.setting.name === own;
    yield {
      ...draftAbout(
        conf,
        slow,
        `${limit.base} units of cost every ${valueText(conf, delay)} let autovacuum write ${roughBytes(bytes)} a second, all workers together; 200 every 2ms, the defaults since 12, are 39MB.`,
        fits ? (slow === delay ? "2ms" : "1000") : undefined,
      ),
      related: related(slow === delay ? limit : delay, "the other half"),
    };
  },
});
