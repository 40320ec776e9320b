import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/userlist-duplicate",
  title: "a user stands in the userlist more than once",
  severity: "warning",
  controls: ["T12", "pgbouncer/userlist"],
  docs: () => ({
    why: "The last line counts. Who changes the password in the first one wonders why the old password still works.",
    fix: "Keep one line a user.",
    leave: "Never; the other line is of no use.",
    see: [poolerDocs("authentication-file-format")],
  }),
  *check({ poolerAccess }) {
    const list = poolerAccess?.userlist;
    if (!list) return;
    const last = new Map(list.entries.map((entry) => [entry.user, entry]));
    for (const entry of list.entries) {
      const counts = last.get(entry.user);
      if (counts === undefined || counts === entry) continue;
      yield {
        place: { source: list.source, span: entry.userSpan },
        message: `${entry.user} stands here again further down, and the last line counts.`,
        related: [{ place: { source: list.source, span: counts.userSpan }, message: "the line that counts" }],
      };
    }
  },
});
