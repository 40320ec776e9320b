import { defineRule } from "../../engine/rule.ts";
import { randomPageCost } from "../../sizing/storage.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout, statement } from "../support/tuning.ts";

const SPINNING = 3;
const NAMES = { ssd: "SSD", nvme: "NVMe", hdd: "a spinning disk" } as const;
const SOLID = 1.5;

export default defineRule({
  id: "planner/random-page-cost",
  title: "random_page_cost does not fit the disk",
  severity: "info",
  controls: ["M03"],
  docs: () => ({
    why: "4 is the default for disks with a head that moves. On solid-state storage it makes index scans look several times as expensive as they are, and the planner reads whole tables instead. The other way round, 1.1 on a spinning disk sends it into index scans that wait for the head at every row.",
    fix: "1.1 for SSD and NVMe, 4 for a spinning disk. It takes a reload; look at the plans of your heaviest queries before and after.",
    traps:
      "It can differ by tablespace (`ALTER TABLESPACE … SET (random_page_cost = …)`). Network volumes lie in between, and are not judged here. Nobody has proved 1.1: measurements of single reads without any cache come out higher, those with a warm cache lower.",
    leave: "Leave it where plans were checked against it. It is only said where the kind of disk is known.",
    see: [settingDocs("query", "random_page_cost")],
  }),
  *check({ conf, host, workload }) {
    const cost = conf?.known("random_page_cost");
    const disk = host.disk?.value;
    if (!conf || !cost || disk === undefined || disk === "network") return;
    const value = Number(cost.value);
    if (disk === "hdd" ? value > SOLID : value < SPINNING) return;
    const suggested = randomPageCost(disk, workload.kind);
    const meant = disk === "hdd" ? "for storage without a moving head" : "for spinning disks";
    yield draftAbout(
      conf,
      cost,
      `${statement(conf, cost)}, a value ${meant}; write ${suggested} for ${NAMES[disk]}.`,
      suggested,
    );
  },
});
