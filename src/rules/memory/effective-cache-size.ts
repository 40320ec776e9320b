import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { effectiveCacheSize } from "../../sizing/memory.ts";
import { related } from "../support/conf.ts";
import { siteOf } from "../support/site.ts";
import { settingDocs } from "../support/sources.ts";
import { bytesOf, draftAbout, sizeText, statement } from "../support/tuning.ts";
import { meantSize } from "../support/unit-slips.ts";

export default defineRule({
  id: "memory/effective-cache-size",
  title: "effective_cache_size does not fit the host",
  severity: "info",
  controls: ["K06"],
  docs: () => ({
    why: "It takes no memory; it tells the planner how much of an index it may hope to find in memory, in shared_buffers and the kernel's cache together. Too small, and it prefers to read whole tables; far too large, and it trusts in index scans that go to the disk.",
    fix: "Three quarters of the RAM on a host that is PostgreSQL's own. A reload is enough.",
    traps: "shared_buffers is part of it, so it is never less than that. The default is 4GB.",
    leave: "Leave a smaller value on a host that PostgreSQL shares with others.",
    see: [settingDocs("query", "effective_cache_size")],
  }),
  *check(cluster) {
    const { conf, workload } = cluster;
    const site = siteOf(cluster);
    const cache = conf?.known("effective_cache_size");
    const buffers = conf?.known("shared_buffers");
    if (!conf || !cache || meantSize(cache) !== undefined) return;
    const bytes = bytesOf(cache);
    const memory = site?.memory;
    const suggested =
      site && sizeText(cache.setting, effectiveCacheSize(site, buffers ? bytesOf(buffers) : 0).bytes);
    const instead = suggested === undefined ? "" : `; ${suggested} is the usual value on this host`;
    const about = (words: string) =>
      draftAbout(conf, cache, `${statement(conf, cache)}, ${words}.`, suggested);
    if (memory !== undefined && cache.item && bytes > memory)
      yield about(`more than the ${roughBytes(memory)} of RAM there are${instead}`);
    else if (buffers && bytes < bytesOf(buffers))
      yield {
        ...about(`less than shared_buffers, which is part of it${instead}`),
        related: related(buffers, "this much alone"),
      };
    else if (memory !== undefined && bytes < memory / 4 && workload.kind !== "desktop")
      yield about(`a small part of the ${roughBytes(memory)} of RAM${instead}`);
  },
});
