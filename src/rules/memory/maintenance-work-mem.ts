import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { maintenanceWorkMem } from "../../sizing/memory.ts";
import { siteOf } from "../support/site.ts";
import { settingDocs } from "../support/sources.ts";
import { bytesOf, draftAbout, sizeText, statement } from "../support/tuning.ts";
import { meantSize } from "../support/unit-slips.ts";

const MB = 1024 ** 2;
const LARGE_HOST = 16 * 1024 * MB;

export default defineRule({
  id: "memory/maintenance-work-mem",
  title: "maintenance_work_mem was left small on a host with much memory",
  severity: "info",
  docs: () => ({
    why: "Index builds sort in it, and a vacuum collects dead rows in it: when it is full, all indexes of the table are read once more. With 64MB that happens several times over on large tables, and a restore takes hours longer than it has to.",
    fix: "Up to 1GB, and autovacuum_work_mem of its own for the workers, each of which may take it.",
    traps:
      "From 17 on a vacuum needs far less memory for the same rows; up to 16 it cannot use more than 1GB.",
    leave: "Leave it where tables are small. It is said from 16GB of RAM on.",
    see: [settingDocs("resource", "maintenance_work_mem"), settingDocs("resource", "autovacuum_work_mem")],
  }),
  *check(cluster) {
    const { conf, workload } = cluster;
    const site = siteOf(cluster);
    const size = conf?.known("maintenance_work_mem");
    if (!conf || !size || !site || site.memory < LARGE_HOST || workload.kind === "desktop") return;
    if (bytesOf(size) > 64 * MB || meantSize(size) !== undefined) return;
    const suggested = sizeText(size.setting, maintenanceWorkMem(site).bytes);
    yield draftAbout(
      conf,
      size,
      `${statement(conf, size)}; ${roughBytes(site.memory)} of RAM have room for ${suggested}.`,
      suggested,
    );
  },
});
