import { nearestSetting } from "../../catalog/nearest.ts";
import { defineRule } from "../../engine/rule.ts";
import { pgDocs } from "../support/sources.ts";
import { serverName, unknownNames } from "../support/unknown.ts";

export default defineRule({
  id: "server/unknown-setting",
  title: "a name that no version of the server knows",
  severity: "error",
  docs: () => ({
    why: "One name that the server does not know keeps it from starting, and hides every mistake in a value, because values are looked at only once all names are known. A reload with an unknown name changes nothing.",
    fix: "Correct the name; `SELECT name FROM pg_settings` lists those of a running server.",
    traps: "A name with a dot belongs to a library and is always accepted, misspelt or not.",
    see: [pgDocs("config-setting"), pgDocs("runtime-config-custom")],
  }),
  *check(cluster) {
    for (const { problem, history, version } of unknownNames(cluster, "never")) {
      const { place, entry, server } = problem;
      const near = history.use ?? nearestSetting(version, entry.name);
      const advice = history.advice ?? (near && `did you mean ${near}?`);
      yield {
        place,
        message: `${serverName(version)} has no setting ${entry.name}${advice ? `; ${advice}` : "."}`,
        current: entry.name,
        server,
        ...(near !== undefined && {
          suggested: near,
          fix: { title: `Write ${near}`, safe: false, edits: [{ place, text: near }] },
        }),
      };
    }
  },
});
