import { nearestName } from "../../catalog/nearest.ts";
import type { Setting } from "../../catalog/setting.ts";
import { defineRule } from "../../engine/rule.ts";
import { parseBool } from "../../values/parse.ts";
import { pgDocs } from "../support/sources.ts";
import { refusedValue, refusedValues } from "../support/values.ts";

export default defineRule({
  id: "server/invalid-enum",
  title: "a word that a setting does not know",
  severity: "error",
  controls: ["G04"],
  docs: () => ({
    why: "A setting with fixed words takes just these, in any case but written out in full. A word that an older or a newer release knows, or one with a dash for an underscore, keeps the server from starting.",
    fix: "Write one of the words that the server lists.",
    traps:
      "Words of settings that used to be switches are full words too: `t` or `y` pass for a Boolean, not here. `lz4`, `zstd` and `io_uring` exist only in builds that were made with them.",
    see: [pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES")],
  }),
  *check(cluster) {
    for (const problem of refusedValues(cluster, "enum")) {
      const { setting, entry } = problem;
      const meant = meantWord(setting, entry.value);
      const choice =
        setting.values.length > 1 ? `one of ${setting.values.join(", ")}` : `${setting.values[0]}`;
      yield refusedValue(
        problem,
        `${setting.name} takes ${choice}; "${entry.value}" is not one of them.`.replace("; ", ", and "),
        meant?.word,
        meant?.certain,
      );
    }
  },
});

function meantWord(setting: Setting, text: string): { word: string; certain: boolean } | undefined {
  const word = text.trim();
  const plain = (other: string) => other.toLowerCase().replaceAll(/[-_ ]/g, "");
  const same = setting.values.find((value) => plain(value) === plain(word));
  if (same !== undefined) return { word: same, certain: true };
  const asSwitch = parseBool(word);
  const switched =
    asSwitch === undefined ? undefined : setting.values.find((value) => value === (asSwitch ? "on" : "off"));
  const near = switched ?? nearestName(word, setting.values);
  return near === undefined ? undefined : { word: near, certain: switched !== undefined };
}
