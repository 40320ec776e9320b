import { defineRule } from "../../engine/rule.ts";
import { placeOf, related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { quotedName } from "../support/start.ts";

export default defineRule({
  id: "server/two-archivers",
  title: "archive_command and archive_library at once",
  severity: "error",
  controls: ["H06"],
  versions: { postgres: ">=15" },
  docs: () => ({
    why: "Only one of them can archive. The server starts, but from 16 on its archiver ends with an error as often as it is started: nothing is archived, and pg_wal grows until the disk is full. 15 quietly takes the library and forgets the command.",
    fix: "Keep the one that is meant and set the other to an empty value.",
    see: [settingDocs("wal", "archive_library"), settingDocs("wal", "archive_command")],
  }),
  *check({ conf }) {
    const command = conf?.known("archive_command");
    const library = conf?.known("archive_library");
    const place = library && placeOf(library);
    if (!conf || !command?.base || !library?.base || !place) return;
    const { major } = conf.version;
    yield {
      place,
      message: `archive_library = ${library.base} and an archive_command are both set; ${major >= 16 ? "nothing is archived" : "the command never runs"}.`,
      setting: "archive_library",
      current: library.base,
      suggested: "",
      apply: "reload",
      ...(major >= 16 && {
        server: {
          effect: "warns",
          when: "start",
          message: `both ${quotedName(conf.version, "archive_command")} and ${quotedName(conf.version, "archive_library")} set`,
          detail: `Only one of ${quotedName(conf.version, "archive_command")}, ${quotedName(conf.version, "archive_library")} may be set.`,
        },
      }),
      related: related(command, "the command"),
    };
  },
});
