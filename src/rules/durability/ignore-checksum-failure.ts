import { defineRule } from "../../engine/rule.ts";
import { replaceValue } from "../support/replace-value.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "durability/ignore-checksum-failure",
  title: "ignore_checksum_failure = on: pages with a wrong checksum are used",
  severity: "error",
  controls: ["G06"],
  docs: () => ({
    why: "The checksum is what tells that a disk or controller changed a page. With this on the server warns and goes on with what it read: it may crash, return wrong rows, and write the damage on to indexes, standbys and backups.",
    fix: "Remove the line. For a rescue set it in one session: `SET ignore_checksum_failure = on`.",
    traps:
      "Without data checksums (initdb -k, the default from 18 on; `SHOW data_checksums`) there is nothing to ignore, and the line does nothing until the cluster gets them.",
    leave: "While you are saving what can be saved from a copy of a broken cluster, and nobody else uses it.",
    see: [settingDocs("developer", "ignore_checksum_failure"), pgDocs("checksums")],
  }),
  *check({ conf }) {
    const ignore = conf?.known("ignore_checksum_failure");
    if (ignore?.value === true)
      yield* replaceValue(
        ignore,
        "off",
        "ignore_checksum_failure = on: every session goes on with pages whose checksum says that they are damaged.",
      );
  },
});
