import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";
import { paceOf } from "../support/vacuum-pace.ts";

const MANY = 8;
const SLOW = 10 * 1024 ** 2;

export default defineRule({
  id: "vacuum/workers",
  title: "one autovacuum worker, or many that share one small budget",
  severity: "warning",
  controls: ["J05"],
  docs: () => ({
    why: "With one worker a vacuum of the largest table keeps all others waiting, for hours. Many workers do not make it faster: they divide autovacuum_vacuum_cost_limit among them, each gets slower, and each takes autovacuum_work_mem.",
    fix: "Three workers, the default, are enough for most; raise autovacuum_vacuum_cost_limit first, and the number of workers when all of them are busy all the time.",
    traps: "Tables with a cost limit or delay of their own are left out of the sharing.",
    leave:
      "Leave one worker on the smallest of hosts, and many where thousands of small tables are the problem.",
    see: [
      settingDocs("autovacuum", "autovacuum_max_workers"),
      settingDocs("autovacuum", "autovacuum_vacuum_cost_limit"),
    ],
  }),
  *check({ conf }) {
    const workers = conf?.known("autovacuum_max_workers");
    if (!conf || !workers?.item) return;
    const count = Number(workers.value);
    if (count === 1)
      yield draftAbout(
        conf,
        workers,
        "autovacuum_max_workers = 1: while the largest table is vacuumed, no other one is.",
        "3",
      );
    const pace = paceOf(conf);
    if (count < MANY || !pace || pace.bytes / count >= SLOW) return;
    yield {
      ...draftAbout(
        conf,
        workers,
        `autovacuum_max_workers = ${count} share ${roughBytes(pace.bytes)} a second, ${roughBytes(pace.bytes / count)} for each; raise autovacuum_vacuum_cost_limit from ${pace.limit.base} with their number.`,
      ),
      severity: "info",
    };
  },
});
