import { defineRule } from "../../engine/rule.ts";
import { usedMappings } from "../support/ident-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/map-not-anchored",
  title: "an expression for a realm or domain that goes on behind its end",
  severity: "warning",
  controls: ["A17"],
  docs: () => ({
    why: "Expressions are searched for, not compared: /^(.*)@example\\.com is found in mallory@example.com.evil.org as well, and mallory logs in under the name in front of the @.",
    fix: "End the expression with $.",
    traps: "A dot that is meant as a dot needs a backslash: example.com also finds exampleXcom.",
    leave: "Where the method can only ever name users of one realm, and the tail is meant to vary.",
    see: [pgDocs("auth-username-maps")],
  }),
  *check(cluster) {
    for (const { systemUser } of usedMappings(cluster)) {
      const { text, place, quoted } = systemUser;
      if (!text.startsWith("/") || !text.includes("@") || /(?:\$|\.\*|\.\+)\)?$/.test(text)) continue;
      const suggested = `${text}$`;
      yield {
        place,
        message: `${text} is also found in a name that goes on behind it; end it with $.`,
        current: text,
        suggested,
        apply: "reload",
        ...(!quoted && {
          fix: { title: `Write ${suggested}`, safe: false, edits: [{ place, text: suggested }] },
        }),
      };
    }
  },
});
