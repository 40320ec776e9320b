import { isSince } from "../../catalog/pooler-version.ts";
import { defineRule } from "../../engine/rule.ts";
import { pairOf } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/renamed-key",
  title: "reserve_pool= of a database is called reserve_pool_size now",
  severity: "info",
  controls: ["pgbouncer/name-removed"],
  profiles: ["strict"],
  versions: { pgbouncer: ">=1.24" },
  docs: () => ({
    why: "1.24 gave the key the name that the global setting has. The old one still works; a later release may drop it, and then PgBouncer does not start.",
    fix: "Write reserve_pool_size=.",
    leave: "While one file serves older releases too.",
    see: [poolerDocs("reserve_pool_size"), "https://www.pgbouncer.org/changelog.html#pgbouncer-124x"],
  }),
  *check({ pooler }) {
    if (!pooler || !isSince(pooler.version, "1.24")) return;
    for (const target of pooler.databases.values()) {
      const pair = pairOf(target, "reserve_pool");
      if (!pair) continue;
      const start = target.entry.valueSpan.start + pair.keyStart;
      const place = { source: target.source, span: { start, end: start + pair.key.length } };
      yield {
        place,
        message: `reserve_pool= of ${target.name} is called reserve_pool_size= since 1.24.`,
        current: "reserve_pool",
        suggested: "reserve_pool_size",
        fix: { title: "Write reserve_pool_size", safe: true, edits: [{ place, text: "reserve_pool_size" }] },
      };
    }
  },
});
