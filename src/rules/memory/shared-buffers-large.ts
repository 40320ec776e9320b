import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { sharedBuffers } from "../../sizing/memory.ts";
import { siteOf } from "../support/site.ts";
import { settingDocs } from "../support/sources.ts";
import { bytesOf, draftAbout, sizeText, valueText } from "../support/tuning.ts";

export default defineRule({
  id: "memory/shared-buffers-large",
  title: "shared_buffers takes more than 40 % of the memory",
  severity: "warning",
  controls: ["K03"],
  docs: () => ({
    why: "PostgreSQL reads and writes through the kernel's cache. With too large a share of its own many pages are held twice, little is left for sorts and connections, and checkpoints have more to write. At the size of the RAM or above the server does not start, or the host swaps.",
    fix: "Go back to a quarter of the RAM, and give effective_cache_size the rest that the kernel caches.",
    traps:
      "A setting that was copied from a larger host is the usual way here, or a container whose limit is below the host's RAM.",
    leave:
      "Leave it where you measured that the working set fits into it and nothing else: some hosts do well with 50 % and more, with huge pages.",
    see: [settingDocs("resource", "shared_buffers")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const site = siteOf(cluster);
    const buffers = conf?.known("shared_buffers");
    if (!conf || !buffers?.item || !site) return;
    const { memory } = site;
    const bytes = bytesOf(buffers);
    if (bytes <= memory * 0.4) return;
    const size = sharedBuffers(site);
    const suggested = sizeText(buffers.setting, size.bytes);
    const percent = Math.round((bytes / memory) * 100);
    yield {
      ...draftAbout(
        conf,
        buffers,
        `shared_buffers = ${valueText(conf, buffers)} is ${percent} % of the ${roughBytes(memory)} of RAM; ${suggested}, ${size.arithmetic}, leaves room for the kernel's cache and for queries.`,
        suggested,
      ),
      ...(bytes >= memory && { severity: "error" as const }),
    };
  },
});
