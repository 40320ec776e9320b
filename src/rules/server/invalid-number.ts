import type { Setting } from "../../catalog/setting.ts";
import type { Version } from "../../catalog/version.ts";
import { defineRule } from "../../engine/rule.ts";
import { familyOf, unitNames } from "../../values/units.ts";
import { numberCandidates } from "../support/numbers.ts";
import { pgDocs } from "../support/sources.ts";
import { refusedValue, refusedValues, takes } from "../support/values.ts";

export default defineRule({
  id: "server/invalid-number",
  title: "a value that is no number, or has a unit that the server does not know",
  severity: "error",
  docs: () => ({
    why: "Sizes end in B, kB, MB, GB or TB, times in us, ms, s, min, h or d, written just so: `512KB`, `4gb`, `128M` and `30 secs` keep the server from starting. There are no percentages and no thousands separators.",
    fix: "Write the number and the unit without anything between or behind them, such as 512kB, 4GB, 30s.",
    traps:
      "`B` came with 11, `us` and fractions such as 1.5GB with 12. A number without a unit counts in the setting's own unit, which differs from setting to setting.",
    see: [pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES")],
  }),
  *check(cluster) {
    const version = cluster.target.postgres;
    for (const problem of refusedValues(cluster, "number", "unit")) {
      const { setting, entry } = problem;
      const meant = numberCandidates(setting, entry.value.trim(), version).find((text) =>
        takes(version, setting, text),
      );
      yield refusedValue(
        problem,
        `${setting.name} = ${entry.value}: ${complaint(setting, entry.value, version)}.`,
        meant,
      );
    }
  },
});

function complaint(setting: Setting, text: string, version: Version): string {
  const word = /\d\s*([^\d\s.,]+)$/.exec(text.trim())?.[1];
  if (setting.unit === null)
    return word ? `the setting has no unit, not "${word}" either` : "this is not a number";
  const units = unitNames(familyOf(setting.unit), version).toReversed().join(", ");
  return word
    ? `there is no unit "${word}"; the units are ${units}`
    : `this is not a number with one of the units ${units}`;
}
