import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/io-timing",
  title: "how long reads and writes take is not measured",
  severity: "info",
  controls: ["O02"],
  profiles: ["strict"],
  docs: () => ({
    why: "Without track_io_timing EXPLAIN (BUFFERS), pg_stat_statements and pg_stat_io count blocks but not time, so that a slow disk cannot be told from a bad plan.",
    fix: "`track_io_timing = on`, after pg_test_timing has shown that reading the clock is cheap, below 100 ns or so.",
    traps: "On virtual machines with a slow clock source each read of a block then costs a system call.",
    leave: "Where pg_test_timing says so.",
    see: [settingDocs("statistics", "track_io_timing"), pgDocs("pgtesttiming")],
  }),
  *check({ conf }) {
    const timing = conf?.known("track_io_timing");
    if (!conf || timing?.value !== false) return;
    const message = "track_io_timing is off: a slow disk cannot be told from a bad plan.";
    yield changeTo(conf, timing, "on", message);
  },
});
