import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "suppression/unused",
  title: "a suppression that suppresses nothing",
  severity: "warning",
  docs: () => ({
    why: "The cause is gone, or the comment stands beside the wrong line. It will silence the next mistake in that place, which nobody meant to.",
    fix: "Remove the comment, or move it to the line above the finding.",
    leave: "Where the same file is checked for several releases, and only some of them have the finding.",
    see: ["docs/guide/configuration.md"],
  }),
  check: () => [],
  *afterwards(suppressions) {
    for (const { rules, ran, used, expired } of suppressions)
      for (const { id, place } of expired ? [] : rules)
        if (ran.has(id) && !used.has(id))
          yield { place, message: `${id} has nothing to suppress here; remove the comment.` };
  },
});
