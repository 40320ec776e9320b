import { settingDocs } from "../../catalog/manual.ts";
import { roughBytes } from "../../host/bytes.ts";
import { type Advice, ourReasons, sizeValue } from "../advice.ts";
import type { Sized } from "../sized.ts";
import { checkpointMinutes, maxWalSize, minWalSize, recoverySeconds } from "../wal.ts";

const COPY_ON_WRITE = ["zfs", "btrfs"];

export function walAdvice({ buffers, walBuffers, request: { site, current } }: Sized): Advice[] {
  const minutes = checkpointMinutes(site);
  const max = maxWalSize(site, buffers.bytes, current("max_wal_size"));
  const min = minWalSize(max.bytes, current("min_wal_size"));
  const recovery = recoverySeconds(max.bytes);
  const advice: Advice[] = [
    {
      name: "max_wal_size",
      value: sizeValue(max.bytes),
      reason: `Checkpoints come by time, not by size; after a crash up to ${roughBytes(max.bytes)} of log have to be replayed, in ${duration(recovery.fast)} to ${duration(recovery.slow)}`,
      arithmetic: `${max.arithmetic} = ${sizeValue(max.bytes)}`,
      source: settingDocs("wal", "max_wal_size"),
    },
    {
      name: "min_wal_size",
      value: sizeValue(min),
      reason: "The log keeps so many files for reuse that a busy minute creates none",
      arithmetic: `${sizeValue(max.bytes)} / 4, between 80MB and 4GB`,
      source: settingDocs("wal", "min_wal_size"),
    },
  ];
  if (minutes > 5)
    advice.push({
      name: "checkpoint_timeout",
      value: `${minutes}min`,
      reason:
        "Fewer checkpoints write less: after each of them, the first change of a page is logged as a whole page",
      arithmetic: `${minutes}min for the workload ${site.kind}`,
      source: settingDocs("wal", "checkpoint_timeout"),
    });
  if (site.version.major <= 13)
    advice.push({
      name: "checkpoint_completion_target",
      value: "0.9",
      reason: "The default of 14 and later: writes are spread over the time until the next checkpoint",
      arithmetic: "0.5 is the default up to 13",
      source: settingDocs("wal", "checkpoint_completion_target"),
    });
  if (walBuffers !== undefined)
    advice.push({
      name: "wal_buffers",
      value: sizeValue(walBuffers),
      reason: "Many sessions that write at once fill the 16MB that the server gives itself",
      arithmetic: `64MB from 16 CPUs and 2GB of shared_buffers on; ${site.cpus} CPUs here`,
      source: ourReasons("wal_buffers"),
    });
  if ((site.disk === "hdd" || site.disk === "network") && site.cpus >= 4)
    advice.push({
      name: "wal_compression",
      value: "on",
      reason: "This storage is slower at writing whole pages than the CPUs are at compressing them",
      arithmetic: `${site.disk} and ${site.cpus} CPUs; lz4 is faster where \`pg_config --configure\` has it`,
      source: settingDocs("wal", "wal_compression"),
    });
  if (site.filesystem !== undefined && COPY_ON_WRITE.includes(site.filesystem))
    for (const name of ["wal_init_zero", "wal_recycle"])
      advice.push({
        name,
        value: "off",
        reason: `${site.filesystem} writes every block to a new place, so that old files of the log are no better than new ones`,
        arithmetic: `the data is on ${site.filesystem}`,
        source: settingDocs("wal", name),
      });
  return advice;
}

const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.max(1, Math.round(seconds))}s` : `${Math.round(seconds / 60)}min`;
