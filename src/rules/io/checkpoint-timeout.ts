import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout, valueText } from "../support/tuning.ts";

const SHORT = 120;
const LONG = 3600;

export default defineRule({
  id: "io/checkpoint-timeout",
  title: "checkpoints come all the time, or hardly ever",
  severity: "warning",
  docs: () => ({
    why: "After each checkpoint the first change of every page goes into the log as a whole page. With one every minute the log is many times its size, and so is what standbys and archives receive. With hours between them recovery after a crash has to read all that was written since, and the server is down for as long.",
    fix: "5min is the default; 15min to 30min suit most servers that write much, with max_wal_size to match.",
    traps: "A bare number counts seconds: `checkpoint_timeout = 30` is half a minute.",
    leave:
      "Leave a short one where the server must be back within seconds, and a long one where a standby takes over anyway.",
    see: [settingDocs("wal", "checkpoint_timeout"), settingDocs("wal", "full_page_writes")],
  }),
  *check({ conf }) {
    const timeout = conf?.known("checkpoint_timeout");
    const seconds = Number(timeout?.value);
    if (!conf || !timeout || (seconds >= SHORT && seconds <= LONG)) return;
    const text = valueText(conf, timeout);
    yield seconds < SHORT
      ? draftAbout(
          conf,
          timeout,
          `checkpoint_timeout = ${text} writes whole pages to the log again every ${text}; the default is 5min.`,
          "5min",
        )
      : {
          ...draftAbout(
            conf,
            timeout,
            `checkpoint_timeout = ${text}: recovery after a crash may have to go through ${text} of changes.`,
            "30min",
          ),
          severity: "info",
        };
  },
});
