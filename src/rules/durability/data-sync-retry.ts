import { defineRule } from "../../engine/rule.ts";
import { replaceValue } from "../support/replace-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "durability/data-sync-retry",
  title: "data_sync_retry = on: a failed write is taken for a written one",
  severity: "error",
  controls: ["G09"],
  docs: () => ({
    why: "When fsync fails, Linux drops the pages that it could not write and reports success the next time. A server that tries again therefore completes a checkpoint over data that never reached the disk, and throws away the WAL that had it. With the default it crashes on purpose, and recovers from the WAL.",
    fix: "Remove the line.",
    traps:
      "It takes one error of a disk, a full thin-provisioned volume or a network file system that hangs; nothing tells afterwards which pages are old.",
    leave:
      "Only where the operating system is known to keep pages that it could not write, so that a second try is honest.",
    see: [settingDocs("error-handling", "data_sync_retry"), "https://wiki.postgresql.org/wiki/Fsync_Errors"],
  }),
  *check({ conf }) {
    const retry = conf?.known("data_sync_retry");
    if (retry?.value === true)
      yield* replaceValue(
        retry,
        "off",
        "data_sync_retry = on: after an error of the disk a checkpoint can succeed although its data was never written.",
      );
  },
});
