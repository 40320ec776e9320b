import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import type { Disk } from "../../host/facts.ts";
import { effectiveIoConcurrency } from "../../sizing/storage.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout, statement } from "../support/tuning.ts";

const FAST: readonly Disk[] = ["ssd", "nvme", "network"];

export default defineRule({
  id: "io/effective-io-concurrency",
  title: "the disk is asked for one page at a time",
  severity: "info",
  controls: ["M07"],
  docs: () => ({
    why: "Solid-state and network storage answer dozens of reads at the same time as fast as one. With effective_io_concurrency at 0 or 1 a bitmap scan, and from 18 on most reads, wait for each page before the next is asked for.",
    fix: "Before 18: 64 for an SSD, 128 for NVMe. From 18 on keep the default of 16 or go up to 64.",
    traps:
      "1 was the default up to 17; taken along to 18 it is worse than nothing. Hundreds are often advised and seldom measured. Up to 17 any value but 0 is refused on systems without posix_fadvise, such as macOS and Windows.",
    leave:
      "Leave it on a spinning disk, and where everything is read from memory. Up to 17 it is said only where the kind of disk is known.",
    see: [
      settingDocs("resource", "effective_io_concurrency"),
      "https://github.com/postgres/postgres/commit/ff79b5b2ab",
    ],
  }),
  *check({ conf, host }) {
    const reads = conf?.known("effective_io_concurrency");
    const disk = host.disk?.value;
    if (!conf || !reads || Number(reads.value) > 1) return;
    if (disk !== undefined && FAST.includes(disk)) yield tooFew(conf, reads, disk);
    else if (conf.version.major >= 18 && disk === undefined)
      yield draftAbout(
        conf,
        reads,
        `effective_io_concurrency = ${reads.base} asks for one page at a time; the default of 18 is 16.`,
        "16",
      );
  },
});

function tooFew(conf: Conf, reads: EffectiveSetting, disk: Disk) {
  const suggested = String(effectiveIoConcurrency(disk, conf.version));
  return draftAbout(
    conf,
    reads,
    `${statement(conf, reads)}: one page at a time, from storage (${disk}) that serves many; write ${suggested}.`,
    suggested,
  );
}
