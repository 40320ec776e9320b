import { defineRule } from "../../engine/rule.ts";
import { valuePlace } from "../support/conf.ts";
import { libraryValue, preloadedIn } from "../support/logging.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/auto-explain-timing",
  title: "auto_explain measures every node of every query",
  severity: "warning",
  controls: ["O04"],
  docs: () => ({
    why: "With log_analyze the clock is read twice for every row of every plan node, in all queries: the server cannot know beforehand which will be slow. Queries that touch many rows become slower by half, more where the clock is slow, whether their plan is logged or not.",
    fix: "`auto_explain.log_timing = off`, which keeps the row counts, or a part of the queries only, `auto_explain.sample_rate = 0.01`.",
    leave: "Where pg_test_timing shows a cheap clock and queries are short.",
    see: [pgDocs("auto-explain"), pgDocs("pgtesttiming")],
  }),
  *check({ conf }) {
    if (!conf || !preloadedIn(conf).includes("auto_explain")) return;
    const line = conf.placeholders.get("auto_explain.log_analyze");
    const value = (name: string) => libraryValue(conf, `auto_explain.${name}`);
    if (!line || value("log_analyze") !== true || value("log_timing") !== true) return;
    const off = value("log_min_duration") === -1;
    if (off || value("sample_rate") !== 1) return;
    yield {
      place: valuePlace(line.item),
      message:
        "auto_explain.log_analyze = on with log_timing = on and sample_rate = 1 times every row of every plan node, also in the queries that it does not log.",
      setting: "auto_explain.log_timing",
      current: "on",
      suggested: "off",
      apply: "reload",
    };
  },
});
