import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/system-indexes",
  title: "the indexes of the system catalog are not used",
  severity: "warning",
  controls: ["R02", "CIS 6.2"],
  docs: () => ({
    why: "It is the crutch for a broken index of the catalog: every look-up of a table, function or type reads the whole catalog table instead. With a few thousand tables a login and the planning of each query take many times as long.",
    fix: "Repair with `reindexdb --system`, then drop the line; the default is off.",
    traps: "The indexes are still kept up to date, so a broken one stays broken until somebody reindexes.",
    leave: "For the time of the repair.",
    see: [
      settingDocs("developer", "ignore_system_indexes"),
      "https://www.postgresql.org/docs/current/app-reindexdb.html",
    ],
  }),
  *check({ conf }) {
    const ignored = writtenIn(conf, "ignore_system_indexes");
    if (ignored?.value === true)
      yield unwiseFor(
        ignored,
        "off",
        "ignore_system_indexes = on makes every look-up in the catalog read whole tables; reindex, and drop the line.",
      );
  },
});
