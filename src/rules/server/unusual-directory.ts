import { nearestName } from "../../catalog/nearest.ts";
import type { Conf } from "../../cluster/conf.ts";
import { USUAL_ROOTS, unusualRoot } from "../../cluster/unusual-root.ts";
import { defineRule } from "../../engine/rule.ts";
import { placeOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

export default defineRule({
  id: "server/unusual-directory",
  title: "a path that starts where no system keeps files",
  severity: "warning",
  docs: () => ({
    why: "The server does not start without its data directory, nor, with the logging collector on, where it cannot open its first log file. A slip at the start of a path (`/vra/lib/postgresql`) is easily overlooked.",
    fix: "Correct the path, or create the directory for the server's user before the server starts.",
    traps:
      "Only the first part of a path is judged, by what Linux systems and common images have there; the file system itself is not looked at.",
    see: [settingDocs("file-locations", "data_directory"), settingDocs("logging", "log_directory")],
  }),
  *check({ conf, files }) {
    if (!conf) return;
    for (const [name, words] of Object.entries(judged(conf))) {
      const setting = conf.known(name);
      const place = setting && placeOf(setting);
      // The disk is asked last.
      if (!place || !unusualRoot(setting.base) || files.has(setting.base)) continue;
      const top = setting.base.split("/").find((part) => part !== "") ?? "";
      const near = nearestName(top, USUAL_ROOTS);
      yield {
        place,
        message: `Systems rarely have a directory /${top}; if ${setting.base} is not there, the server does not start.`,
        setting: name,
        current: setting.base,
        ...(near !== undefined && { suggested: setting.base.replace(top, near) }),
        apply: name === "log_directory" ? "reload" : "restart",
        server: refusesStart(words(setting.base)),
      };
    }
  },
});

/** The settings whose path the server needs, each with what it says without. */
function judged(conf: Conf): Readonly<Record<string, (path: string) => string>> {
  const missing = "No such file or directory";
  return {
    data_directory: (path) => `data directory "${path}" does not exist`,
    ...(conf.known("logging_collector")?.value === true && {
      log_directory: (path: string) =>
        `could not open log file "${path}/${conf.get("log_filename")?.base}": ${missing}`,
    }),
    ...(conf.known("ssl")?.value === true && {
      ssl_cert_file: (path: string) => `could not load server certificate file "${path}": ${missing}`,
    }),
  };
}
