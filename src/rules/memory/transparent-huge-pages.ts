import { defineRule } from "../../engine/rule.ts";
import { absentFrom } from "../support/conf.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "memory/transparent-huge-pages",
  title: "the kernel makes huge pages of its own accord",
  severity: "info",
  docs: () => ({
    why: "With transparent huge pages the kernel joins ordinary pages behind the back of a process, and stops it while it looks for room. On a host whose memory is full of cached files that takes long, and shows as short stalls of all sessions with much time in the system.",
    fix: "Write `never` or `madvise` to /sys/kernel/mm/transparent_hugepage/enabled at boot, or `transparent_hugepage=never` on the kernel's command line.",
    traps:
      "They are not the huge pages of huge_pages, which are set aside by vm.nr_hugepages and do no harm.",
    leave: "Leave it where you measured it: newer kernels have become better at it.",
    see: [
      pgDocs("kernel-resources", "LINUX-HUGE-PAGES"),
      "https://docs.kernel.org/admin-guide/mm/transhuge.html",
    ],
  }),
  *check({ conf, host }) {
    const pages = host.transparentHugePages;
    if (!conf?.whole || pages?.value !== "always" || host.container?.value) return;
    yield {
      place: absentFrom(conf),
      message: `Transparent huge pages are set to always (${pages.from}), which stalls servers with large caches; madvise or never does not.`,
      confidence: "medium",
    };
  },
});
