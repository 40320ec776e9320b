import { defineRule } from "../../engine/rule.ts";
import { serverName, unknownNames } from "../support/unknown.ts";

export default defineRule({
  id: "server/newer-setting",
  title: "a setting that came with a later release",
  severity: "error",
  controls: ["S02"],
  versions: { postgres: "<18" },
  docs: () => ({
    why: "Advice on the net is written for the newest release. A setting that this one does not have yet is an unknown name, and the server does not start with it.",
    fix: "Remove the line, or upgrade. If the target is wrong, say the right one with `--postgres`.",
    see: ["https://www.postgresql.org/docs/release/"],
  }),
  *check(cluster) {
    for (const { problem, history, version } of unknownNames(cluster, "newer")) {
      const { place, entry, server } = problem;
      const minor = history.minors?.[version.major];
      const since = minor !== undefined && minor > 0 ? `${version.major}.${minor}` : history.since;
      const before = history.before ? ` Here it is ${history.before}.` : "";
      yield {
        place,
        message: `${entry.name} came with PostgreSQL ${since}; ${serverName(version)} does not start with it.${before}`,
        current: entry.name,
        server,
        ...(history.before !== undefined && { suggested: history.before }),
      };
    }
  },
});
