import { defineRule } from "../../engine/rule.ts";
import { placeOf, related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { warnsAtStart } from "../support/start.ts";

export default defineRule({
  id: "server/autovacuum-slots",
  title: "more autovacuum workers than slots for them",
  severity: "warning",
  versions: { postgres: ">=18" },
  docs: () => ({
    why: "From 18 on autovacuum_max_workers can change at a reload, up to the number of slots that the server set aside when it started. More workers than that never run.",
    fix: "Raise autovacuum_worker_slots, which needs a restart, or lower autovacuum_max_workers.",
    see: [settingDocs("autovacuum", "autovacuum_worker_slots")],
  }),
  *check({ conf }) {
    const workers = conf?.known("autovacuum_max_workers");
    const slots = conf?.known("autovacuum_worker_slots");
    const place = (workers && placeOf(workers)) ?? (slots && placeOf(slots));
    if (!workers || !slots || !place || Number(workers.value) <= Number(slots.value)) return;
    yield {
      place,
      message: `autovacuum_max_workers = ${workers.base} is more than the ${slots.base} slots; ${slots.base} workers run at most.`,
      setting: "autovacuum_max_workers",
      current: workers.base,
      suggested: slots.base,
      apply: "reload",
      server: warnsAtStart(
        `"autovacuum_max_workers" (${workers.base}) should be less than or equal to "autovacuum_worker_slots" (${slots.base})`,
      ),
      related: related(slots, "the slots"),
    };
  },
});
