import { defineRule } from "../../engine/rule.ts";
import { pgDocs } from "../support/sources.ts";
import { unitName, withMeantUnit } from "../support/unit-slips.ts";
import { readable, refusedValue, refusedValues } from "../support/values.ts";

export default defineRule({
  id: "server/out-of-range",
  title: "a number outside of what the setting allows",
  severity: "error",
  docs: () => ({
    why: "Every number has a smallest and a largest value. One beyond them keeps the server from starting. Most often the unit is missing or another one than thought: a bare number counts in the setting's own unit.",
    fix: "Write the unit with the number, and a value within the range.",
    traps:
      "Ranges change between releases. `log_file_mode` and `unix_socket_permissions` are decimal unless they start with a 0, so that 600 is out of range and 0600 is meant.",
    see: [pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES")],
  }),
  *check(cluster) {
    const version = cluster.target.postgres;
    for (const problem of refusedValues(cluster, "range")) {
      const { setting, entry } = problem;
      const low = readable(setting, setting.min, version);
      const high = readable(setting, setting.max, version);
      const octal =
        OCTAL.has(setting.name) && /^[1-7][0-7]{2,3}$/.test(entry.value) ? `0${entry.value}` : undefined;
      const meant = withMeantUnit(setting, entry.value);
      const unit = meant && ` Without a unit it counts ${unitName(setting)}; ${meant} is likely meant.`;
      const hint = octal ? ` A mode needs a leading zero: ${octal}.` : (unit ?? "");
      // A number that is too small mostly lacks its unit; one that is too large may mean anything.
      const least = tooSmall(problem.server.message, setting.min) ? low : undefined;
      yield refusedValue(
        problem,
        `${setting.name} = ${entry.value} is outside of ${low} to ${high}.${hint}`,
        octal ?? meant ?? least,
        octal !== undefined,
      );
    }
  },
});

const OCTAL = new Set(["log_file_mode", "unix_socket_permissions"]);

/** The server's message starts with the value in base units. */
const tooSmall = (message: string, min: number) => Number.parseFloat(message) < min;
