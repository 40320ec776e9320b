import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOrAbsent } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "durability/temp-files-uncapped",
  title: "temporary files may fill the disk of the data",
  severity: "info",
  profiles: ["strict", "cis"],
  controls: ["H10", "CIS 8.1"],
  docs: () => ({
    why: "A sort or hash join larger than work_mem goes to temporary files, by default in the data directory and without a limit. One query with a forgotten join condition fills the file system; if pg_wal is on it as well, the server stops with a PANIC.",
    fix: "Set temp_file_limit to what one query may use, such as a tenth of the disk, or put temp_tablespaces on a file system of its own.",
    traps:
      "The limit is for one process, not for the server: each parallel worker has its own. Temporary tables do not count.",
    leave: "On a warehouse whose queries are known, with a watched disk.",
    see: [settingDocs("resource", "temp_file_limit"), settingDocs("client", "temp_tablespaces")],
  }),
  *check({ conf }) {
    const limit = conf?.known("temp_file_limit");
    const tablespaces = conf?.known("temp_tablespaces");
    if (!conf || limit?.value !== -1 || tablespaces?.base !== "") return;
    yield {
      place: placeOrAbsent(conf, limit),
      message:
        "temp_file_limit = -1 and no temp_tablespaces: one query's temporary files can fill the disk of the data directory.",
      setting: "temp_file_limit",
      current: "-1",
      suggested: "20GB",
      apply: applyOf(limit.setting),
    };
  },
});
