import { defineRule } from "../../engine/rule.ts";
import { baseName } from "../../text/files.ts";
import { settingDocs } from "../support/sources.ts";
import { quotedName, refusesStart, warnsAtStart } from "../support/start.ts";

export default defineRule({
  id: "server/recovery-source",
  title: "recovery is asked for, and nothing says where the WAL comes from",
  severity: "error",
  versions: { postgres: ">=12" },
  docs: () => ({
    why: "recovery.signal asks for recovery from an archive, which needs a restore_command; without one the server does not start. A standby with neither primary_conninfo nor restore_command starts, and then looks again and again into its own pg_wal for what never comes.",
    fix: "Set restore_command for recovery from an archive; for a standby set primary_conninfo, restore_command, or both.",
    see: [settingDocs("wal", "restore_command"), settingDocs("replication", "primary_conninfo")],
  }),
  *check({ conf, kinds, target: { postgres } }) {
    if (!conf?.whole || postgres.major < 12) return;
    const signals = [...kinds].filter(([, kind]) => kind === "signal").map(([source]) => source);
    const standby = signals.find((source) => baseName(source.path) === "standby.signal");
    const recovery = signals.find((source) => baseName(source.path) === "recovery.signal");
    const empty = (name: string) => conf.get(name)?.value === "";
    const restore = quotedName(postgres, "restore_command");
    const span = { start: 0, end: 0 };
    // With both files the standby wins.
    if (standby && empty("restore_command") && empty("primary_conninfo"))
      yield {
        place: { source: standby, span },
        severity: "warning",
        message:
          "This standby has neither a primary_conninfo nor a restore_command; it gets no WAL from anywhere.",
        server: warnsAtStart(
          `specified neither ${quotedName(postgres, "primary_conninfo")} nor ${restore}`,
          "The database server will regularly poll the pg_wal subdirectory to check for files placed there.",
        ),
      };
    else if (recovery && !standby && empty("restore_command"))
      yield {
        place: { source: recovery, span },
        message: "recovery.signal asks for recovery from an archive, and restore_command is empty.",
        setting: "restore_command",
        server: refusesStart(`must specify ${restore} when standby mode is not enabled`),
      };
  },
});
