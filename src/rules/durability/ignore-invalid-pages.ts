import { defineRule } from "../../engine/rule.ts";
import { replaceValue } from "../support/replace-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "durability/ignore-invalid-pages",
  title: "ignore_invalid_pages = on: recovery goes on over missing pages",
  severity: "error",
  controls: ["G08"],
  versions: { postgres: ">=13" },
  docs: () => ({
    why: "When WAL changes a page that does not exist, files were lost or replaced, and recovery stops with a PANIC. With this on it warns, skips the change and opens a cluster that is missing data and looks well. Left in the file, the next crash recovery does so without a question.",
    fix: "Remove the line. Where recovery stops with such a PANIC, restore from a backup, or rebuild the standby.",
    leave:
      "For one start that saves what can be saved from a copy; then dump the data, make a new cluster, and remove the line.",
    see: [settingDocs("developer", "ignore_invalid_pages")],
  }),
  *check({ conf }) {
    const ignore = conf?.known("ignore_invalid_pages");
    if (ignore?.value === true)
      yield* replaceValue(
        ignore,
        "off",
        "ignore_invalid_pages = on: recovery skips changes to pages that are missing, and opens a cluster that has lost data.",
      );
  },
});
