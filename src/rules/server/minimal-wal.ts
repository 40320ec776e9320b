import type { Version } from "../../catalog/version.ts";
import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf, related, shown } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

/** What needs more WAL than `minimal` writes, in the order in which the server looks. */
const NEEDS: readonly {
  readonly setting: string;
  readonly on: (value: unknown) => boolean;
  readonly off: string;
  readonly words: (version: Version) => string;
}[] = [
  {
    setting: "archive_mode",
    on: (value) => value !== "off",
    off: "off",
    words: ({ major }) =>
      `WAL archival cannot be enabled when ${major >= 17 ? '"wal_level"' : "wal_level"} is "minimal"`,
  },
  {
    setting: "max_wal_senders",
    on: (value) => Number(value) > 0,
    off: "0",
    words: ({ major }) =>
      major >= 17
        ? 'WAL streaming ("max_wal_senders" > 0) requires "wal_level" to be "replica" or "logical"'
        : 'WAL streaming (max_wal_senders > 0) requires wal_level "replica" or "logical"',
  },
  {
    setting: "summarize_wal",
    on: (value) => value === true,
    off: "off",
    words: () => 'WAL cannot be summarized when "wal_level" is "minimal"',
  },
];

export default defineRule({
  id: "server/minimal-wal",
  title: "wal_level = minimal together with something that needs more WAL",
  severity: "error",
  controls: ["U10", "H08"],
  docs: () => ({
    why: "At `wal_level = minimal` the log holds just enough to recover from a crash. Archiving, streaming and WAL summaries need more, and the server does not start with both.",
    fix: "Keep `wal_level = replica`, which is the default. Only a server that nobody backs up or replicates may be minimal; then set max_wal_senders = 0 and archive_mode = off as well.",
    traps: "The line `wal_level = minimal` alone is enough for a refusal: max_wal_senders is 10 by default.",
    see: [settingDocs("wal", "wal_level"), settingDocs("replication", "max_wal_senders")],
  }),
  *check({ conf }) {
    const level = conf?.known("wal_level");
    const place = level && placeOf(level);
    if (!conf || level?.value !== "minimal" || !place) return;
    for (const { setting, on, off, words } of NEEDS) {
      const other = conf.known(setting);
      if (!other || !on(other.value)) continue;
      const origin = other.item ? "" : " by default";
      yield {
        place,
        message: `wal_level = minimal does not go with ${shown(other)}${origin}; keep replica, or set ${setting} = ${off}.`,
        setting: "wal_level",
        current: "minimal",
        suggested: "replica",
        apply: applyOf(level.setting),
        server: refusesStart(words(conf.version)),
        related: related(other, "needs wal_level = replica"),
      };
    }
  },
});
