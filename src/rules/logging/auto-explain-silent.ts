import { defineRule } from "../../engine/rule.ts";
import { absentFrom, valuePlace } from "../support/conf.ts";
import { libraryValue, preloadedIn } from "../support/logging.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/auto-explain-silent",
  title: "auto_explain is loaded and logs no plan",
  severity: "warning",
  controls: ["O04"],
  docs: () => ({
    why: "auto_explain.log_min_duration is -1 unless set, and then the library logs nothing. That is noticed when a plan has changed overnight and the old one was to be had from the log.",
    fix: "`auto_explain.log_min_duration = 3s`.",
    leave: "Where roles or sessions set it for themselves.",
    see: [pgDocs("auto-explain")],
  }),
  *check({ conf }) {
    if (!conf || !preloadedIn(conf).includes("auto_explain")) return;
    const line = conf.placeholders.get("auto_explain.log_min_duration");
    if ((!line && !conf.whole) || libraryValue(conf, "auto_explain.log_min_duration") !== -1) return;
    yield {
      place: line ? valuePlace(line.item) : absentFrom(conf),
      message: `auto_explain is loaded, and auto_explain.log_min_duration is ${line ? "-1" : "not set"}: it logs no plan.`,
      setting: "auto_explain.log_min_duration",
      current: "-1",
      suggested: "3s",
      apply: "reload",
      confidence: "medium",
    };
  },
});
