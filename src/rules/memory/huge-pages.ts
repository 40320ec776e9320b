import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { hugePagesFor, pageTable } from "../../sizing/shared-memory.ts";
import { sharedMemoryOf } from "../support/budget.ts";
import { placeOf, related } from "../support/conf.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { bytesOf, draftAbout, valueText } from "../support/tuning.ts";

const GB = 1024 ** 3;

export default defineRule({
  id: "memory/huge-pages",
  title: "large shared_buffers without huge pages",
  severity: "info",
  controls: ["K05"],
  docs: () => ({
    why: "Every process has a page table of its own for the shared memory, 2MB of it for each GB that it has touched. With hundreds of connections these tables take gigabytes that no setting of PostgreSQL counts, and they are what runs a host out of memory after days. Pages of 2MB make them vanish.",
    fix: "Keep `huge_pages = try` and let the kernel set the pages aside: vm.nr_hugepages, with the number that `postgres -C shared_memory_size_in_huge_pages` prints (15 and later).",
    traps:
      "With `try` the server says nothing when it finds none; huge_pages_status (17 and later) tells. With `on` it does not start then. Transparent huge pages are something else, and better off.",
    leave:
      "Leave `off` in containers without a limit for huge pages, where `try` can end in a bus error, and with few connections. It is said for `off` from 8GB of shared_buffers on, and for `try` from 32GB on, as nothing in the files tells what the kernel has set aside.",
    see: [settingDocs("resource", "huge_pages"), pgDocs("kernel-resources", "LINUX-HUGE-PAGES")],
  }),
  *check({ conf, host, target }) {
    const pages = conf?.known("huge_pages");
    const buffers = conf?.known("shared_buffers");
    const connections = conf?.known("max_connections");
    if (!conf || !pages || !buffers?.item || !connections || target.platform !== "plain") return;
    const bytes = bytesOf(buffers);
    const off = pages.value === "off";
    if (pages.value === "on" || bytes < (off ? 8 : 32) * GB) return;
    const table = pageTable(bytes);
    const tables = roughBytes(table * Number(connections.value));
    const all = sharedMemoryOf(conf) ?? bytes;
    if (host.container?.value || (host.hugePages?.value ?? 0) >= all) return;
    const count = hugePagesFor(all);
    const cost = `each of ${connections.base} connections may need ${roughBytes(table)} for the page table of shared_buffers = ${valueText(conf, buffers)}, ${tables} in all`;
    const about = off ? pages : buffers;
    yield {
      ...draftAbout(
        conf,
        about,
        `Without huge pages ${cost}; set about ${count} pages of 2MB aside in vm.nr_hugepages${off ? " and write huge_pages = try" : ""}.`,
        off ? "try" : undefined,
      ),
      confidence: "low",
      related: off && placeOf(pages) ? related(buffers, "this much") : [],
    };
  },
});
