import { isKnownLibrary } from "../../catalog/libraries.ts";
import { nearestName } from "../../catalog/nearest.ts";
import { defineRule } from "../../engine/rule.ts";
import { splitDirectories } from "../../values/lists.ts";
import { placeOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

/** What a misspelt name most likely means. */
const USUAL = [
  "pg_stat_statements",
  "auto_explain",
  "pg_cron",
  "pgaudit",
  "timescaledb",
  "citus",
  "pg_prewarm",
  "pglogical",
];

export default defineRule({
  id: "server/preload-library",
  title: "a library to preload that may not be there",
  severity: "warning",
  docs: () => ({
    why: "The server loads what shared_preload_libraries names before anything else, and does not start where one is missing: after an upgrade, on a new standby, in an image without the package. A list that does not parse is worse to notice: the server logs a line, starts, and loads nothing.",
    fix: "Install the library on every host that gets this file, or take it from the list. Part names with commas, inside one pair of quotes.",
    traps:
      "Names that come with PostgreSQL or are widely used are not doubted, installed or not. A name with a blank is one name.",
    see: [settingDocs("client", "shared_preload_libraries")],
  }),
  *check({ conf }) {
    const libraries = conf?.known("shared_preload_libraries");
    const place = libraries && placeOf(libraries);
    if (!place) return;
    const common = {
      place,
      setting: "shared_preload_libraries",
      current: libraries.base,
      apply: "restart",
    } as const;
    const names = splitDirectories(libraries.base);
    if (!names)
      yield {
        ...common,
        severity: "error",
        message: `"${libraries.base}" is no list of names parted by commas; the server starts and loads none of them.`,
        server: {
          effect: "ignored",
          when: "start",
          message: 'invalid list syntax in parameter "shared_preload_libraries"',
        },
      };
    for (const name of names ?? []) {
      if (isKnownLibrary(name)) continue;
      const near = nearestName(name, USUAL);
      yield {
        ...common,
        message: `${name} does not come with PostgreSQL; unless it is installed, the server does not start.`,
        ...(near !== undefined && { suggested: near }),
        server: refusesStart(`could not access file "${name}": No such file or directory`),
      };
    }
  },
});
