import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { sharedBuffers } from "../../sizing/memory.ts";
import { siteOf } from "../support/site.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { bytesOf, draftAbout, sizeText, statement } from "../support/tuning.ts";
import { meantSize } from "../support/unit-slips.ts";

const GB = 1024 ** 3;
const SMALL_HOST = 4 * GB;

export default defineRule({
  id: "memory/shared-buffers-small",
  title: "shared_buffers was left small on a host with much memory",
  severity: "warning",
  controls: ["K02"],
  docs: () => ({
    why: "initdb writes 128MB, enough to start anywhere. On a real server the pages that all queries want keep pushing each other out: they are copied from the kernel's cache over and over, and dirty ones are written by the queries themselves. It shows as load that grows faster than the number of users.",
    fix: "A quarter of the RAM is the usual start, with max_wal_size raised along with it. It takes a restart.",
    traps:
      "More than about 40 % rarely helps, as PostgreSQL relies on the kernel's cache too. Up to 14 a file without the line means 8MB, not the 128MB that initdb writes.",
    leave:
      "Leave it where PostgreSQL is a guest on a host whose memory belongs to something else, or where the whole database fits into it. It is only said where the host's memory is known, from 4GB on, and for less than a sixteenth of it.",
    see: [settingDocs("resource", "shared_buffers"), pgDocs("kernel-resources")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const site = siteOf(cluster);
    const buffers = conf?.known("shared_buffers");
    if (!conf || !buffers || !site || site.memory < SMALL_HOST || site.kind === "desktop") return;
    const size = sharedBuffers(site);
    const small = Math.min(site.memory / 16, GB, size.bytes);
    if (bytesOf(buffers) >= small || meantSize(buffers) !== undefined) return;
    const suggested = sizeText(buffers.setting, size.bytes);
    yield draftAbout(
      conf,
      buffers,
      `${statement(conf, buffers)} on a host with ${roughBytes(site.memory)} of RAM; ${suggested}, ${size.arithmetic}, is the usual start.`,
      suggested,
    );
  },
});
