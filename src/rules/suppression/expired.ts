import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "suppression/expired",
  title: "a suppression whose day is over",
  severity: "warning",
  docs: () => ({
    why: "It said until when it may be ignored. From the next day on the finding is back, with this reminder beside it.",
    fix: "Do what was put off and remove the comment, or agree on another day.",
    traps: "A day that is not written as 2027-01-31 cannot be compared, and counts as no day at all.",
    leave: "Not at all; move the day instead.",
    see: ["docs/guide/configuration.md"],
  }),
  check: () => [],
  *afterwards(suppressions) {
    for (const { place, until, expired } of suppressions)
      if (until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(until))
        yield { place, message: `until=${until} is no day; write it as 2027-01-31.` };
      else if (expired) yield { place, message: `This suppression ended on ${until}.` };
  },
});
