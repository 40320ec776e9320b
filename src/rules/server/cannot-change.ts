import { defineRule } from "../../engine/rule.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/cannot-change",
  title: "a setting that only shows how the server was built or initialised",
  severity: "error",
  controls: ["G05", "Q03"],
  docs: () => ({
    why: "Some parameters report facts, such as the block size or the encoding. They have a name, but a configuration file that sets one, even to the value that it has, keeps the server from starting.",
    fix: "Remove the line. Data checksums are switched with `pg_checksums`, the WAL segment size with `pg_resetwal` or `initdb --wal-segsize`, encoding and locale belong to each database.",
    see: [pgDocs("runtime-config-preset")],
  }),
  *check({ problems }) {
    for (const { place, entry, setting, server } of problems("conf/cannot-change"))
      yield {
        place: { source: place.source, span: { start: entry.nameSpan.start, end: entry.valueSpan.end } },
        message: `${setting.name} only reports a fact and cannot be set; remove the line.`,
        setting: setting.name,
        current: entry.value,
        server,
      };
  },
});
