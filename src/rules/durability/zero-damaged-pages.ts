import { defineRule } from "../../engine/rule.ts";
import { replaceValue } from "../support/replace-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "durability/zero-damaged-pages",
  title: "zero_damaged_pages = on: damaged pages are emptied instead of reported",
  severity: "error",
  controls: ["G07"],
  docs: () => ({
    why: "A page with a broken header or checksum is taken for an empty one: its rows vanish from every query, with a WARNING in the log that nobody reads. Left on after a rescue, it turns the next fault of a disk into silent loss of rows, and dumps and standby checks come out clean.",
    fix: "Remove the line. For a rescue set it in the one session that reads the table: `SET zero_damaged_pages = on`.",
    traps:
      "Copy the data directory before a rescue: VACUUM, or any write to such a page, makes the loss final.",
    leave: "While you are saving what can be saved from a copy of a broken cluster, and nobody else uses it.",
    see: [settingDocs("developer", "zero_damaged_pages")],
  }),
  *check({ conf }) {
    const zero = conf?.known("zero_damaged_pages");
    if (zero?.value === true)
      yield* replaceValue(
        zero,
        "off",
        "zero_damaged_pages = on: the rows of a damaged page disappear from every session instead of raising an error.",
      );
  },
});
