import { defineRule } from "../../engine/rule.ts";
import { applyOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { syncStandbysOf } from "../support/sync-standbys.ts";

export default defineRule({
  id: "replication/sync-standbys-too-few",
  title: "more standbys must confirm than are named",
  severity: "error",
  controls: ["I08"],
  docs: () => ({
    why: "`2 (berlin)` waits for two standbys and knows one. Nobody else may answer, so that every commit hangs; the server takes the value and starts.",
    fix: "Name as many standbys as must confirm, better one more, or lower the number.",
    traps:
      "A name is a standby's application_name. Letters of either case are the same, and a name that stands there twice is still one. Only if two standbys use the same application_name can one name answer twice.",
    leave: "Where several standbys share an application_name on purpose.",
    see: [settingDocs("replication", "synchronous_standby_names")],
  }),
  *check({ conf }) {
    const standbys = syncStandbysOf(conf);
    if (!standbys || standbys.any || standbys.count <= standbys.names.length) return;
    const { setting, place, count, names } = standbys;
    yield {
      place,
      message: `${count} standbys must confirm each commit, and only ${names.length} ${names.length === 1 ? "is" : "are"} named (${names.join(", ")}): no commit ever ends.`,
      confidence: "medium",
      setting: setting.setting.name,
      current: setting.base,
      apply: applyOf(setting.setting),
    };
  },
});
