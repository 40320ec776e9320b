import type { Conf, Placeholder } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { placeOf, written } from "../support/conf.ts";
import { librariesIn, preloadedIn } from "../support/logging.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/library-not-loaded",
  title: "settings of a library that nothing loads",
  severity: "warning",
  controls: ["O04", "U11"],
  docs: () => ({
    why: "A name with a dot is kept as text until the library that owns it is loaded; the server does not say that it never is. Statistics are missing when they are needed, slow plans are not logged, and auth_delay, passwordcheck or pgaudit protect nothing although the file says so.",
    fix: "Add the library to shared_preload_libraries and restart, or remove its settings.",
    traps:
      "Only libraries that work when they are preloaded are judged; those that a session loads when it needs them, such as plpgsql, pg_trgm and postgres_fdw, are not. basic_archive is loaded by archive_library.",
    leave: "Where sessions load it themselves, with LOAD or by a setting of their role.",
    see: [pgDocs("runtime-config-custom"), settingDocs("client", "shared_preload_libraries")],
  }),
  *check({ conf }) {
    if (!conf?.whole || conf.placeholders.size === 0) return;
    const loaded = new Set([...preloadedIn(conf), ...librariesIn(conf, "archive_library")]);
    const libraries = conf.known("shared_preload_libraries");
    for (const [library, lines] of byLibrary(conf)) {
      const [first, ...others] = lines;
      if (!first || loaded.has(library)) continue;
      const { entry, source } = first.item;
      const where = library === "basic_archive" ? "archive_library" : "shared_preload_libraries";
      const more = others.length > 0 ? ` and ${others.length} more of its settings do` : " does";
      const place = libraries && placeOf(libraries);
      yield {
        place: { source, span: entry.nameSpan },
        message: `${entry.name}${more} nothing, as ${where} does not load ${library}.`,
        setting: where,
        suggested: written(
          [where === "archive_library" ? "" : libraries?.base, library].filter(Boolean).join(", "),
        ),
        // A session can load it by itself; the others need shared memory or a hook from the start.
        ...(library === "auto_explain" && { confidence: "medium" as const }),
        apply: where === "archive_library" ? "reload" : "restart",
        ...(place && { related: [{ place, message: `has no ${library}` }] }),
      };
    }
  },
});

/** Settings by the library that has to be preloaded for them. */
function byLibrary({ placeholders }: Conf): Map<string, Placeholder[]> {
  const found = new Map<string, Placeholder[]>();
  for (const [name, line] of placeholders) {
    const library = PRELOADED.get(name.slice(0, name.indexOf(".")));
    if (library) found.set(library, [...(found.get(library) ?? []), line]);
  }
  return found;
}

/** The first part of a setting's name, and its library. */
const PRELOADED: ReadonlyMap<string, string> = new Map([
  ...[
    "auth_delay",
    "auto_explain",
    "basebackup_to_shell",
    "basic_archive",
    "citus",
    "passwordcheck",
    "pg_prewarm",
    "pg_stat_monitor",
    "pg_stat_statements",
    "pg_wait_sampling",
    "pgaudit",
    "sepgsql",
    "timescaledb",
  ].map((name) => [name, name] as const),
  ["cron", "pg_cron"],
]);
