import { settingIn } from "../../catalog/postgres.ts";
import { defineRule } from "../../engine/rule.ts";
import { serverName, unknownNames } from "../support/unknown.ts";

export default defineRule({
  id: "server/removed-setting",
  title: "a setting that an older release had",
  severity: "error",
  controls: ["S01"],
  docs: () => ({
    why: "A setting that was removed is unknown, and an unknown name keeps the server from starting. It is what stops most servers after an upgrade that took the old postgresql.conf along.",
    fix: "Remove the line, or write the setting that took its place, whose unit and meaning may differ.",
    see: ["https://www.postgresql.org/docs/release/"],
  }),
  *check(cluster) {
    for (const { problem, history, version } of unknownNames(cluster, "removed")) {
      const { place, entry, server } = problem;
      const use = history.use !== undefined && settingIn(version, history.use) ? history.use : undefined;
      const advice = history.advice ?? (use ? `Its place was taken by ${use}.` : "");
      yield {
        place,
        message:
          `${entry.name} was removed after PostgreSQL ${history.until}; ${serverName(version)} does not start with it. ${advice}`.trim(),
        current: entry.name,
        server,
        ...(use !== undefined && { suggested: use }),
      };
    }
  },
});
