import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { autovacuumWorkMem } from "../../sizing/memory.ts";
import { autovacuumWorkers } from "../../sizing/vacuum.ts";
import { budgetOf } from "../support/budget.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout, sizeText } from "../support/tuning.ts";

const SHARE = 0.25;

export default defineRule({
  id: "memory/autovacuum-work-mem",
  title: "the autovacuum workers may take a large part of the memory",
  severity: "warning",
  controls: ["K01"],
  docs: () => ({
    why: "Each autovacuum worker may take autovacuum_work_mem, which is maintenance_work_mem unless it is set. A size that was chosen for one index build is then taken by all workers at once, on the nights when large tables come due together.",
    fix: "Set autovacuum_work_mem to its own, smaller value, so that maintenance_work_mem can stay large for index builds. Where it is as small as it can sensibly be, there are too many workers.",
    traps: "Up to 16 a vacuum takes 1GB at most, whatever the setting says.",
    leave: "Leave it where the tables are too small to fill it.",
    see: [
      settingDocs("resource", "autovacuum_work_mem"),
      settingDocs("autovacuum", "autovacuum_max_workers"),
    ],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const own = conf?.known("autovacuum_work_mem");
    const budget = budgetOf(cluster);
    if (!conf || !own || !budget) return;
    const { memory } = budget.site;
    const { autovacuumWorkers: workers, autovacuumWorkMem: each } = budget.parts;
    const all = workers * each;
    const from = own.item ? own : conf.known("maintenance_work_mem");
    const count = conf.known("autovacuum_max_workers");
    if (!from || all <= memory * SHARE) return;
    const sum = `${workers} autovacuum workers x ${roughBytes(each)} = ${roughBytes(all)}, ${Math.round((all / memory) * 100)} % of the ${roughBytes(memory)} of RAM`;
    const enough = autovacuumWorkMem(budget.site, workers).bytes;
    if (count?.item && enough >= each) {
      const fewer = String(autovacuumWorkers(budget.site));
      yield draftAbout(conf, count, `${sum}; ${fewer} workers are enough for this host.`, fewer);
      return;
    }
    if (!from.item) return;
    const suggested = sizeText(own.setting, enough);
    const draft = draftAbout(
      conf,
      from,
      `${sum}; autovacuum_work_mem = ${suggested} is enough for them.`,
      own.item ? suggested : undefined,
    );
    yield {
      ...draft,
      setting: "autovacuum_work_mem",
      suggested,
      apply: "reload",
      related: related(count, "so many workers"),
    };
  },
});
