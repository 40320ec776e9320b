import { defineRule } from "../../engine/rule.ts";
import { lineMap } from "../../text/lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/duplicate-setting",
  title: "a line that a later line replaces",
  severity: "info",
  controls: ["U20", "U21"],
  docs: () => ({
    why: "Of several lines for one setting the last one counts, also across included files and postgresql.auto.conf; the server does not even look at the value of the others. People then change the line that they find first, and wonder.",
    fix: "Keep one line. Where a file in conf.d is meant to override the main file, comment the line out there.",
    traps:
      "Only lines with the very same spelling replace each other unseen: `Work_Mem = nonsense` before `work_mem = 4MB` is refused.",
    see: [pgDocs("config-setting", "CONFIG-SETTING-CONFIGURATION-FILE")],
  }),
  *check({ conf }) {
    for (const [item, later] of conf?.superseded ?? []) {
      const { entry, source } = item;
      if (entry.value === later.entry.value && source !== later.source) continue;
      const line = lineMap(later.source).lineAt(later.entry.nameSpan.start);
      const where = later.source === source ? `line ${line}` : `${later.source.path}:${line}`;
      yield {
        place: { source, span: { start: entry.nameSpan.start, end: entry.valueSpan.end } },
        message: `${entry.name} = ${entry.value} has no effect; ${where} sets ${later.entry.value || "it to an empty value"}.`,
        setting: entry.name,
        current: entry.value,
        related: [
          { place: { source: later.source, span: later.entry.valueSpan }, message: "this line counts" },
        ],
      };
    }
  },
});
