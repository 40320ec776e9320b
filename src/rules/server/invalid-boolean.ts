import { defineRule } from "../../engine/rule.ts";
import { pgDocs } from "../support/sources.ts";
import { refusedValue, refusedValues } from "../support/values.ts";

/** Words that people write for on and off, and that the server does not know. */
const ON = /^(?:on\b.*|ena?ble[ds]?|activ[ae]\w*|truee?|yess?|always|t\W.*|ok)$/i;
const OFF = /^(?:off\w+|dis+able[ds]?|inactive|none|never|null|falsee?|noo?ne?)$/i;

export default defineRule({
  id: "server/invalid-boolean",
  title: "a switch that is neither on nor off",
  severity: "error",
  docs: () => ({
    why: "A Boolean setting takes on, off, true, false, yes, no, 1, 0, or the beginning of one of these words. Anything else keeps the server from starting.",
    fix: "Write on or off.",
    traps:
      "`o` is refused because it could be either, `2` and an empty value too; blanks inside the quotes count.",
    see: [pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES")],
  }),
  *check(cluster) {
    for (const problem of refusedValues(cluster, "bool")) {
      const { setting, entry } = problem;
      const value = entry.value.trim();
      const meant =
        OFF.test(value) || /^(?:off|false|no|0)$/i.test(value)
          ? "off"
          : ON.test(value) || /^(?:true|yes|1)$/i.test(value)
            ? "on"
            : undefined;
      yield refusedValue(problem, `${setting.name} is on or off, not "${entry.value}".`, meant);
    }
  },
});
