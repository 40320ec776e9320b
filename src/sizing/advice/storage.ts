import { settingDocs } from "../../catalog/manual.ts";
import type { Disk } from "../../host/facts.ts";
import { type Advice, ourReasons } from "../advice.ts";
import type { Sized } from "../sized.ts";
import {
  canReadAhead,
  effectiveIoConcurrency,
  ioWorkers,
  maintenanceIoConcurrency,
  randomPageCost,
} from "../storage.ts";

const NAMES: Readonly<Record<Disk, string>> = {
  ssd: "an SSD",
  nvme: "NVMe",
  hdd: "a spinning disk",
  network: "network storage",
};

export function storageAdvice({ request: { site } }: Sized): Advice[] {
  return [...(site.disk ? diskAdvice(site, site.disk) : []), ...workerAdvice(site)];
}

function diskAdvice(site: Sized["request"]["site"], disk: Disk): Advice[] {
  const advice: Advice[] = [
    {
      name: "random_page_cost",
      value: randomPageCost(disk, site.kind),
      reason:
        disk === "hdd"
          ? "A page out of order costs a movement of the head"
          : "A page out of order costs little more than one in order here; the default of 4 is for spinning disks",
      arithmetic: `${randomPageCost(disk, site.kind)} for ${NAMES[disk]}${site.kind === "dw" && disk !== "hdd" ? " in a data warehouse, whose indexes are seldom in memory" : ""}`,
      source: settingDocs("query", "random_page_cost"),
    },
  ];
  if (!canReadAhead(site)) return advice;
  const reads = effectiveIoConcurrency(disk, site.version);
  const since = site.version.major >= 18 ? "18" : site.version.major >= 13 ? "13 to 17" : "10 to 12";
  advice.push({
    name: "effective_io_concurrency",
    value: String(reads),
    reason: "How many reads are asked for ahead; more than the storage serves at once only queue up",
    arithmetic: `${reads} for ${NAMES[disk]} on ${since}`,
    source:
      disk === "hdd"
        ? settingDocs("resource", "effective_io_concurrency")
        : ourReasons("effective_io_concurrency"),
  });
  if (disk !== "hdd")
    advice.push({
      name: "maintenance_io_concurrency",
      value: String(maintenanceIoConcurrency(reads)),
      reason: "How many reads vacuum and its like ask for ahead; each of their workers asks for as many",
      arithmetic: `${reads} of effective_io_concurrency, but at most 32`,
      source: settingDocs("resource", "maintenance_io_concurrency"),
    });
  return advice;
}

function workerAdvice({ cpus }: Sized["request"]["site"]): Advice[] {
  const workers = ioWorkers(cpus);
  if (workers === undefined) return [];
  return [
    {
      name: "io_workers",
      value: String(workers),
      reason: "They do all reading for the others; the 3 of the default are for a small host",
      arithmetic: `${cpus} CPUs / 4, at most 32`,
      source: ourReasons("io_workers"),
    },
  ];
}
