import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const CHAIN = [
  ["max_parallel_workers_per_gather", "max_parallel_workers"],
  ["max_parallel_maintenance_workers", "max_parallel_workers"],
  ["max_parallel_workers", "max_worker_processes"],
] as const;
const PARALLEL = [
  "max_parallel_workers_per_gather",
  "max_parallel_maintenance_workers",
  "max_parallel_workers",
];

export default defineRule({
  id: "planner/parallel-workers",
  title: "more parallel workers than there can be",
  severity: "info",
  docs: () => ({
    why: "A parallel query takes its workers out of max_parallel_workers, and these come out of max_worker_processes. What is set above that never runs: a plan for eight workers gets two, and is slower than a plan for two would have been. More workers than CPUs only take turns, with work_mem for each.",
    fix: "Set max_worker_processes to the CPUs and some for replication and extensions, max_parallel_workers to the CPUs, and max_parallel_workers_per_gather to 2 to 4.",
    traps:
      "max_worker_processes takes a restart, the others do not; and a standby must not have fewer than its primary.",
    leave: "Leave it where the number of CPUs goes up and down with the load.",
    see: [
      settingDocs("resource", "max_parallel_workers"),
      settingDocs("resource", "max_parallel_workers_per_gather"),
      settingDocs("resource", "max_worker_processes"),
    ],
  }),
  *check({ conf, host }) {
    if (!conf) return;
    const cpus = Math.ceil(host.cpus?.value ?? Number.POSITIVE_INFINITY);
    for (const name of PARALLEL) {
      const workers = conf.known(name);
      if (!workers?.item || Number(workers.value) <= cpus) continue;
      yield draftAbout(
        conf,
        workers,
        `${name} = ${workers.base} is more than the ${cpus} CPUs of the host.`,
        String(name === "max_parallel_workers" ? cpus : Math.ceil(cpus / 2)),
      );
    }
    for (const [name, bound] of CHAIN) {
      const workers = conf.known(name);
      const limit = conf.known(bound);
      const most = Number(limit?.value);
      if (!workers?.item || !limit || !(Number(workers.value) > most) || Number(workers.value) > cpus)
        continue;
      yield {
        ...draftAbout(
          conf,
          workers,
          `${name} = ${workers.base} is more than ${bound} = ${most} allows.`,
          String(most),
        ),
        related: related(limit, "the limit"),
      };
    }
  },
});
