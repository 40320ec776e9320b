import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/system-table-mods",
  title: "the tables of the system catalog may be changed",
  severity: "warning",
  controls: ["R04"],
  docs: () => ({
    why: "The switch lifts the last guard before statements that drop or alter tables of the catalog. One wrong statement of a superuser, or of a migration that runs as one, and the database cannot be repaired but from a backup. Vendors' repair scripts tell people to set it, and it stays.",
    fix: "Drop the line; the default is off. From 13 on a superuser sets it for the one session that needs it.",
    traps: "Nothing reminds of it: the server starts without a word.",
    leave: "During a repair, on a copy.",
    see: [settingDocs("developer", "allow_system_table_mods")],
  }),
  *check({ conf }) {
    const mods = writtenIn(conf, "allow_system_table_mods");
    if (mods?.value === true)
      yield unwiseFor(
        mods,
        "off",
        "allow_system_table_mods = on lets every superuser drop and alter the tables of the system catalog.",
      );
  },
});
