import { defineRule } from "../../engine/rule.ts";
import { placeOf, related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout, valueText } from "../support/tuning.ts";
import { meantSize } from "../support/unit-slips.ts";

export default defineRule({
  id: "io/min-wal-size",
  title: "min_wal_size is above max_wal_size",
  severity: "info",
  docs: () => ({
    why: "min_wal_size says how many old segments are kept for reuse at least, max_wal_size how many at most, and the second wins. What was meant to be ready for a burst of writes is not kept.",
    fix: "Raise max_wal_size, or lower min_wal_size to a quarter of it.",
    traps: "A copied max_wal_size in MB beside a min_wal_size in GB is the usual way here.",
    leave: "There is nothing to leave: beyond max_wal_size the value has no effect.",
    see: [settingDocs("wal", "min_wal_size"), settingDocs("wal", "max_wal_size")],
  }),
  *check({ conf }) {
    const least = conf?.known("min_wal_size");
    const most = conf?.known("max_wal_size");
    if (!conf || !least || !most || Number(least.value) <= Number(most.value)) return;
    if (meantSize(most) !== undefined) return;
    const [about, other] = placeOf(least) ? [least, most] : [most, least];
    const words = `min_wal_size = ${valueText(conf, least)} is above max_wal_size = ${valueText(conf, most)}, which wins.`;
    yield {
      ...draftAbout(conf, about, words, about === least ? valueText(conf, most) : undefined),
      related: related(other, "the other size"),
    };
  },
});
