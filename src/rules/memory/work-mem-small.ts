import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { workMem } from "../../sizing/budget.ts";
import { sharedBuffers } from "../../sizing/memory.ts";
import { budgetOf } from "../support/budget.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout, sizeText, statement } from "../support/tuning.ts";

const MB = 1024 ** 2;
const DEFAULT = 4 * MB;
const SMALL_HOST = 8 * 1024 * MB;

export default defineRule({
  id: "memory/work-mem-small",
  title: "work_mem was left at 4MB on a host with much memory",
  severity: "info",
  docs: () => ({
    why: "A sort or hash that needs more than work_mem goes through temporary files. With 4MB that happens to ordinary reports and joins, while the host has memory to spare.",
    fix: "Take the value in the message, the part of the memory that each connection may have even if all of them work at once; set log_temp_files to see who needs more.",
    traps: "The value goes to every sort and hash, not to every connection; see memory/worst-case.",
    leave:
      "Leave it where short queries are all there is: work_mem costs and gains nothing there. It is said only where four times as much or more fits at worst.",
    see: [settingDocs("resource", "work_mem"), settingDocs("logging", "log_temp_files")],
  }),
  *check(cluster) {
    const { conf, workload } = cluster;
    const size = conf?.known("work_mem");
    if (!conf || !size || workload.kind === "desktop") return;
    const budget = budgetOf(cluster);
    if (!budget || budget.site.memory < SMALL_HOST || budget.parts.workMem !== DEFAULT) return;
    const { parts, sessions, site } = budget;
    // Room for the shared_buffers that the host should have.
    const more = Math.max(0, sharedBuffers(site).bytes - parts.sharedBuffers);
    const sharedMemory = parts.sharedMemory + more;
    const fitting = workMem(site, { ...parts, sharedBuffers: parts.sharedBuffers + more, sharedMemory });
    if (!fitting || fitting.bytes < 4 * DEFAULT) return;
    const suggested = sizeText(size.setting, fitting.bytes);
    yield draftAbout(
      conf,
      size,
      `${statement(conf, size)}; ${roughBytes(site.memory)} of RAM have room for ${suggested} even if all ${parts.connections} ${sessions.words} sort at once.`,
      suggested,
    );
  },
});
