import { defineRule } from "../../engine/rule.ts";
import { replaceValue } from "../support/replace-value.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

const DELAYS = ["max_standby_streaming_delay", "max_standby_archive_delay"];

export default defineRule({
  id: "replication/replay-waits-forever",
  title: "a query on the standby may stop its replay for good",
  severity: "info",
  controls: ["I04"],
  docs: () => ({
    why: "When replay meets a query that still needs what the WAL removes, it waits for max_standby_*_delay and then cancels the query. At -1 it waits for ever: a report that hangs, or a session that was forgotten in a transaction, lets the standby fall behind by days and fill its disk with WAL. A failover then takes as long as the replay.",
    fix: "Write how far the standby may fall behind, such as 5min, or an hour where it serves reports only.",
    traps:
      "The delay is not per query: it counts from when the WAL arrived, so a standby that lags has none left.",
    leave: "On a standby for reports that nobody will promote.",
    see: [
      settingDocs("replication", "max_standby_streaming_delay"),
      pgDocs("hot-standby", "HOT-STANDBY-CONFLICT"),
    ],
  }),
  *check({ conf }) {
    for (const name of DELAYS) {
      const delay = conf?.known(name);
      if (delay?.value === -1)
        yield* replaceValue(
          delay,
          "5min",
          `${name} = -1: one forgotten query on the standby stops its replay for as long as it runs.`,
        );
    }
  },
});
