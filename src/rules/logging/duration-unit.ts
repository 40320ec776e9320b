import { defineRule } from "../../engine/rule.ts";
import { changeTo, isBare } from "../support/change-value.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/duration-unit",
  title: "a duration for the log in milliseconds where seconds were meant",
  severity: "warning",
  controls: ["P01"],
  docs: () => ({
    why: "A number without a unit counts milliseconds in these settings. Who writes 5 for five seconds logs nearly every statement, and notices when the disk of the log is full.",
    fix: "Write the unit: `5s`.",
    leave: "Where milliseconds were meant: write `5ms`, and the finding is gone.",
    see: [
      settingDocs("logging", "log_min_duration_statement"),
      pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES"),
    ],
  }),
  *check({ conf }) {
    if (!conf) return;
    for (const name of ["log_min_duration_statement", "log_min_duration_sample"]) {
      const duration = conf.known(name);
      if (!duration || typeof duration.value !== "number" || !isBare(duration)) continue;
      const { value } = duration;
      if (value < 1 || value > MOST_SECONDS) continue;
      const message = `${name} = ${value} means ${value} ms here, so that the log takes far more than slow statements; write ${value}s.`;
      yield {
        ...changeTo(conf, duration, `${value}s`, message),
        ...(value > SURELY_SECONDS && { confidence: "medium" as const }),
      };
    }
  },
});

/** Nobody means a threshold of 10 ms; some do mean 50. */
const SURELY_SECONDS = 10;
const MOST_SECONDS = 60;
