import { settingDocs } from "../../catalog/manual.ts";
import type { Advice } from "../advice.ts";
import type { Sized } from "../sized.ts";

export function parallelAdvice({ parallel, processes, request }: Sized): Advice[] {
  const { site, extensionWorkers } = request;
  const cpus = `${site.cpus} ${site.cpus === 1 ? "CPU" : "CPUs"}`;
  const source = (name: string) => settingDocs("resource", name);
  return [
    {
      name: "max_worker_processes",
      value: String(processes),
      reason:
        "All background workers: parallel queries, logical replication, extensions; a standby must not have fewer than its primary",
      arithmetic:
        processes > parallel.processes
          ? `${processes}, as there are already`
          : `${cpus} + 4${extensionWorkers > 0 ? ` + ${extensionWorkers} of extensions` : ""}, at least the default of 8 = ${processes}`,
      source: source("max_worker_processes"),
    },
    {
      name: "max_parallel_workers",
      value: String(parallel.parallel),
      reason: "More workers than CPUs only take turns, with work_mem for each",
      arithmetic: `${cpus}, and 128MB of memory for each worker`,
      source: source("max_parallel_workers"),
    },
    {
      name: "max_parallel_workers_per_gather",
      value: String(parallel.perGather),
      reason:
        site.kind === "dw"
          ? "Few long queries may have several CPUs each"
          : parallel.perGather === 0
            ? "There is no CPU to spare"
            : "Many short queries keep the CPUs busy as they are",
      arithmetic: `${cpus} ${site.kind === "mixed" ? "/ 4, between 2 and 4" : `/ 2, at most ${site.kind === "dw" ? 8 : 2}`}`,
      source: source("max_parallel_workers_per_gather"),
    },
    {
      name: "max_parallel_maintenance_workers",
      value: String(parallel.maintenance),
      reason: "For index builds; they share one maintenance_work_mem",
      arithmetic: `none for one CPU, 2 below 8 CPUs, 4 from there on, within max_parallel_workers; ${cpus} here`,
      source: source("max_parallel_maintenance_workers"),
    },
  ];
}
