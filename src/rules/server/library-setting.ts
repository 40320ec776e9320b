import { nearestName } from "../../catalog/nearest.ts";
import { settingIn, settingsOf } from "../../catalog/postgres.ts";
import type { Conf, Placeholder } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { splitDirectories } from "../../values/lists.ts";
import { parseValue } from "../../values/parse.ts";
import { valuePlace } from "../support/conf.ts";
import { pgDocs } from "../support/sources.ts";
import { serverName } from "../support/unknown.ts";

export default defineRule({
  id: "server/library-setting",
  title: "a setting of a preloaded library with a wrong name or value",
  severity: "warning",
  controls: ["O04"],
  docs: () => ({
    why: "A name with a dot is kept as text until the library that owns it is loaded. Then a value that does not fit is dropped for the default, and a name that the library does not have is removed, each with a warning among the first lines of the log. The server starts, and the library does something else than the file says.",
    fix: "Correct the name or the value.",
    traps:
      "Only the libraries of shared_preload_libraries that come with PostgreSQL are judged. For others nobody can tell before they are loaded.",
    see: [pgDocs("runtime-config-custom")],
  }),
  *check({ conf }) {
    if (!conf) return;
    const loaded = preloaded(conf);
    if (loaded.length === 0) return;
    for (const placeholder of conf.placeholders.values()) {
      const library = placeholder.item.entry.name.split(".")[0] ?? "";
      if (loaded.includes(library.toLowerCase())) yield* judge(conf, library, placeholder);
    }
  },
});

/** The libraries of the server's own that it loads when it starts. */
function preloaded(conf: Conf): string[] {
  const names = splitDirectories(conf.known("shared_preload_libraries")?.base ?? "") ?? [];
  return names.map((name) => name.replace(/^.*\//, "").replace(/\.so$/, ""));
}

function* judge({ version }: Conf, library: string, { item, value }: Placeholder) {
  const { name } = item.entry;
  const setting = settingIn(version, name);
  const server = { effect: "warns", when: "start" } as const;
  if (setting) {
    const parsed = parseValue(setting, value, { version, shown: setting.name, current: () => "" });
    if (!("message" in parsed)) return;
    const { message, hint } = parsed;
    yield {
      place: valuePlace(item),
      message: `${library} does not take ${name} = ${value || "''"}, and uses ${setting.default}.`,
      setting: setting.name,
      current: value,
      server: { ...server, message, ...(hint !== undefined && { hint }) },
    };
    return;
  }
  const own = settingsOf(version)
    .filter((known) => known.module === library)
    .map((known) => known.name);
  if (own.length === 0) return;
  const near = nearestName(name, own);
  const words =
    version.major >= 15
      ? {
          message: `invalid configuration parameter name "${name}", removing it`,
          detail: `"${library}" is now a reserved prefix.`,
        }
      : { message: `unrecognized configuration parameter "${name}"` };
  yield {
    place: { source: item.source, span: item.entry.nameSpan },
    message: `${library} of ${serverName(version)} has no setting ${name}${near ? `; did you mean ${near}?` : "."}`,
    current: name,
    ...(near !== undefined && { suggested: near }),
    server: { ...server, ...words },
  };
}
