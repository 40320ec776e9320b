import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/debug-print",
  title: "the trees of every query are printed to the log",
  severity: "warning",
  controls: ["E11", "CIS 3.1.16", "CIS 3.1.17", "CIS 3.1.18"],
  docs: () => ({
    why: "debug_print_parse, debug_print_rewritten and debug_print_plan write the server's inner form of each query, hundreds of lines each, the constants of the statement among them. The log grows by gigabytes an hour, and every query waits for it.",
    fix: "Remove the line. For plans of slow statements use auto_explain.",
    leave: "On a machine of somebody who works on the planner.",
    see: [settingDocs("logging", "debug_print_parse")],
  }),
  *check({ conf }) {
    if (!conf) return;
    for (const name of PRINTS) {
      const print = conf.known(name);
      if (print?.value !== true) continue;
      yield changeTo(conf, print, "off", `${name} = on prints a tree of hundreds of lines for every query.`);
    }
  },
});

const PRINTS = ["debug_print_parse", "debug_print_rewritten", "debug_print_plan"];
