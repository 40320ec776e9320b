import { foldName } from "../../catalog/fold.ts";
import { nearestName } from "../../catalog/nearest.ts";
import { defineRule } from "../../engine/rule.ts";
import { CONSISTENCY_WORDS } from "../../values/hooks/words.ts";
import { splitIdentifiers } from "../../values/lists.ts";
import { placeOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

export default defineRule({
  id: "server/wal-consistency-checking",
  title: "a resource manager that nobody knows",
  severity: "error",
  versions: { postgres: ">=15" },
  docs: () => ({
    why: "Libraries can bring resource managers of their own from 15 on, so the server looks the names up after it has loaded its libraries, and then ends its start over one that it does not know. `postgres -C` does not see it.",
    fix: "Name resource managers of the server, or `all`. It is a tool for developers; leave it empty in production.",
    see: [settingDocs("developer", "wal_consistency_checking")],
  }),
  *check({ conf }) {
    const checking = conf?.known("wal_consistency_checking");
    const place = checking && placeOf(checking);
    if (!conf || conf.version.major < 15 || !place) return;
    // A library may well bring the manager along.
    if (conf.get("shared_preload_libraries")?.base !== "") return;
    const unknown = splitIdentifiers(checking.base)?.find(
      (word) => !CONSISTENCY_WORDS.includes(foldName(word)),
    );
    if (unknown === undefined) return;
    const near = nearestName(unknown, CONSISTENCY_WORDS);
    yield {
      place,
      message: `No resource manager is called ${unknown}.`,
      setting: "wal_consistency_checking",
      current: checking.base,
      ...(near !== undefined && { suggested: near }),
      apply: "restart",
      server: refusesStart(
        `invalid value for parameter "wal_consistency_checking": "${checking.base}"`,
        `Unrecognized key word: "${unknown}".`,
      ),
    };
  },
});
