import { defineRule } from "../../engine/rule.ts";
import { placeOf, related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { warnsAtStart } from "../support/start.ts";

export default defineRule({
  id: "server/autovacuum-needs-counts",
  title: "track_counts = off keeps autovacuum from starting",
  severity: "error",
  controls: ["J02"],
  docs: () => ({
    why: "Autovacuum decides by counts of changed rows. Without them the server starts with a warning and without autovacuum: dead rows pile up, statistics age, and the transaction numbers run towards the limit at which the server stops taking writes.",
    fix: "Remove the line; track_counts is on by default and costs next to nothing.",
    see: [settingDocs("statistics", "track_counts"), settingDocs("autovacuum", "autovacuum")],
  }),
  *check({ conf }) {
    const counts = conf?.known("track_counts");
    const autovacuum = conf?.known("autovacuum");
    const place = counts && placeOf(counts);
    if (!place || counts.value !== false || autovacuum?.value !== true) return;
    yield {
      place,
      message: "track_counts = off turns autovacuum off as well, although autovacuum = on.",
      setting: "track_counts",
      current: "off",
      suggested: "on",
      apply: "reload",
      server: warnsAtStart(
        "autovacuum not started because of misconfiguration",
        'Enable the "track_counts" option.',
      ),
      related: related(autovacuum, "has no effect"),
    };
  },
});
