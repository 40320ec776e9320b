import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/debug-pretty-print",
  title: "debug_pretty_print is off",
  severity: "info",
  controls: ["E12", "CIS 3.1.19"],
  profiles: ["cis"],
  docs: () => ({
    why: "An auditor who follows CIS looks for it. It indents what the debug_print_* settings print, and does nothing as long as those are off.",
    fix: "Remove the line; on is the default.",
    leave: "Always, unless the auditor insists.",
    see: [settingDocs("logging", "debug_pretty_print")],
  }),
  *check({ conf }) {
    const pretty = conf?.known("debug_pretty_print");
    if (!conf || pretty?.value !== false) return;
    yield changeTo(conf, pretty, "on", "debug_pretty_print = off; CIS asks for on, the default.");
  },
});
