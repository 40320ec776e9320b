import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/synchronize-seqscans",
  title: "concurrent scans of a big table read it once each",
  severity: "info",
  controls: ["O05"],
  profiles: ["strict"],
  docs: () => ({
    why: "With synchronize_seqscans scans of the same big table share what they read from disk. Off, ten reports read it ten times.",
    fix: "Remove the line; on is the default.",
    traps: "On, a query without ORDER BY may begin in the middle of a table; that is why some turn it off.",
    leave: "Where an application counts on the order of rows without ORDER BY and cannot be changed.",
    see: [settingDocs("compatible", "synchronize_seqscans")],
  }),
  *check({ conf }) {
    const scans = conf?.known("synchronize_seqscans");
    if (!conf || scans?.value !== false) return;
    const message = "synchronize_seqscans = off lets each scan of a big table read it for itself.";
    yield changeTo(conf, scans, "on", message);
  },
});
