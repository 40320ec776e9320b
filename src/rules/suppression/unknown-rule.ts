import { nearestName } from "../../catalog/nearest.ts";
import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "suppression/unknown-rule",
  title: "a suppression of a rule that does not exist",
  severity: "warning",
  docs: () => ({
    why: "A slip of the finger in the name: the finding that it was meant for is still there.",
    fix: "Write the id as the finding has it, topic and name; `pgconflint rules` lists them.",
    leave: "Not at all.",
    see: ["docs/guide/configuration.md"],
  }),
  check: () => [],
  *afterwards(suppressions, known) {
    for (const { place, rules } of suppressions) {
      if (rules.length === 0)
        yield {
          place,
          message: "It names no rule; write the id of the finding, such as access/trust-local.",
        };
      for (const { id, place: word } of rules) {
        if (known.includes(id)) continue;
        const near = nearestName(id, known);
        yield {
          place: word,
          message: `There is no rule ${id}${near ? `; did you mean ${near}?` : "."}`,
          ...(near && {
            suggested: near,
            fix: { title: `Write ${near}`, safe: true, edits: [{ place: word, text: near }] },
          }),
        };
      }
    }
  },
});
