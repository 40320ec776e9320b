import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "suppression/no-reason",
  title: "a suppression without a reason",
  severity: "warning",
  docs: () => ({
    why: "In a year nobody knows why a finding was silenced, and nobody dares to remove the comment.",
    fix: "Write the reason behind two dashes: `# pgconflint-disable-next-line access/trust-local -- only the build agent has an account here`.",
    leave: "Not at all; a reason costs a few words.",
    see: ["docs/guide/configuration.md"],
  }),
  check: () => [],
  *afterwards(suppressions) {
    for (const { place, reason, rules } of suppressions)
      if (reason === "")
        yield {
          place,
          message: `Nothing says why ${rules.map(({ id }) => id).join(", ") || "this"} is suppressed; write -- and the reason behind it.`,
        };
  },
});
