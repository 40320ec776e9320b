import { defineRule } from "../../engine/rule.ts";
import { baseName } from "../../text/files.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/skipped-file",
  title: "a file with settings was not among those given",
  severity: "info",
  docs: () => ({
    why: "`include_if_exists` passes over a missing file with no more than a line in the log. And `ALTER SYSTEM` writes to `postgresql.auto.conf` in the data directory, which is read last: whatever stands there wins over the file in hand, often without anybody remembering it.",
    fix: "Give the missing file as well, or the whole data directory, so that the values that count are the ones that are judged.",
    traps:
      "A configuration kept in a repository usually has no postgresql.auto.conf; then this only says what the judgement does not cover.",
    see: [pgDocs("config-setting", "CONFIG-SETTING-CONFIGURATION-FILE"), pgDocs("sql-altersystem")],
  }),
  *check({ problems }) {
    for (const { place, path, reason, server } of problems("conf/skipped-file"))
      yield {
        place,
        message:
          reason === "data_directory"
            ? `${path} was not read; what ALTER SYSTEM wrote there would win over this file.`
            : `${baseName(path)} does not exist; include_if_exists passes over it silently.`,
        server,
      };
  },
});
