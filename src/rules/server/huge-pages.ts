import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import type { Fact } from "../../host/facts.ts";
import { hugePagesFor } from "../../sizing/shared-memory.ts";
import { sharedMemoryOf } from "../support/budget.ts";
import { placeOf, related } from "../support/conf.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { quotedName, refusesStart } from "../support/start.ts";

export default defineRule({
  id: "server/huge-pages",
  title: "huge_pages = on, which does not start without them",
  severity: "warning",
  docs: () => ({
    why: "With `on` the server insists: unless the kernel has set aside enough huge pages for all of its shared memory, it does not start. A kernel sets none aside by itself, and after a larger shared_buffers or a reboot there may be too few. System V shared memory cannot have huge pages at all.",
    fix: "Write `huge_pages = try`, the default, which takes them where they are. With `on`, reserve them: `postgres -C shared_memory_size_in_huge_pages` (15 and later) tells how many, vm.nr_hugepages sets them.",
    traps:
      "Some teams want `on` so that a host without its pages is noticed. Then keep it, and watch vm.nr_hugepages.",
    see: [settingDocs("resource", "huge_pages"), pgDocs("kernel-resources", "LINUX-HUGE-PAGES")],
  }),
  *check({ conf, host }) {
    const pages = conf?.known("huge_pages");
    const place = pages && placeOf(pages);
    if (!conf || pages?.value !== "on" || !place) return;
    const memory = conf.known("shared_memory_type");
    const sysv = memory !== undefined && memory.value !== "mmap";
    const needed = sharedMemoryOf(conf);
    const there = needed === undefined ? undefined : host.hugePages;
    if (!sysv && needed !== undefined && there && there.value >= needed) return;
    yield {
      place,
      ...((sysv || there) && { severity: "error" as const }),
      message: messageOf(sysv ? memory.base : undefined, needed, there),
      setting: "huge_pages",
      current: "on",
      suggested: "try",
      apply: "restart",
      server: refusesStart(
        sysv
          ? `huge pages not supported with the current ${quotedName(conf.version, "shared_memory_type")} setting`
          : "could not map anonymous shared memory: Cannot allocate memory",
      ),
      related: sysv ? related(memory, "has no huge pages") : [],
    };
  },
});

function messageOf(type: string | undefined, needed = 0, there?: Fact<number>): string {
  if (type !== undefined) return `huge_pages = on needs shared_memory_type = mmap, not ${type}.`;
  return there
    ? `huge_pages = on needs ${hugePagesFor(needed)} pages of 2MB for ${roughBytes(needed)} of shared memory; the kernel has set ${there.value === 0 ? "none" : roughBytes(there.value)} aside (${there.from}).`
    : "huge_pages = on does not start unless the kernel has reserved enough huge pages (vm.nr_hugepages, 0 by default).";
}
