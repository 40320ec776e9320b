import { defineRule } from "../../engine/rule.ts";
import { changeTo, isBare } from "../support/change-value.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "timeouts/missing-unit",
  title: "a timeout in milliseconds where seconds were meant",
  severity: "warning",
  controls: ["N06"],
  docs: () => ({
    why: "A number without a unit counts milliseconds in these settings. statement_timeout = 30 cancels every statement that takes 30 ms: the server starts, the small tests pass, and the application fails as soon as there are data.",
    fix: "Write the unit: `30s`.",
    traps:
      "Others count seconds, as authentication_timeout and archive_timeout do, so that copying a number from one to the other fails.",
    leave: "Where milliseconds were meant: write `30ms`, and the finding is gone.",
    see: [
      settingDocs("client", "statement_timeout"),
      pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES"),
    ],
  }),
  *check({ conf }) {
    if (!conf) return;
    for (const [name, least, effect] of COUNT_MILLISECONDS) {
      const timeout = conf.known(name);
      if (!timeout || typeof timeout.value !== "number" || !isBare(timeout)) continue;
      const { value } = timeout;
      if (value < 1 || value >= least) continue;
      const message = `${name} = ${value} means ${value} ms here, which ${effect}; write ${value}s.`;
      yield {
        ...changeTo(conf, timeout, `${value}s`, message),
        ...(value > SURELY_SECONDS && { confidence: "medium" as const }),
      };
    }
  },
});

/** Five minutes; a larger number below the limit may be milliseconds that were meant. */
const SURELY_SECONDS = 300;

/** What is plausible without a unit begins at the number. */
const COUNT_MILLISECONDS: readonly (readonly [name: string, least: number, effect: string])[] = [
  ["statement_timeout", 1000, "cancels most statements that read from disk"],
  ["transaction_timeout", 1000, "ends sessions in the middle of ordinary transactions"],
  ["idle_in_transaction_session_timeout", 1000, "ends sessions that wait for their application for a moment"],
  ["idle_session_timeout", 1000, "ends sessions between two statements"],
  ["lock_timeout", 100, "gives up before an ordinary transaction commits"],
  ["deadlock_timeout", 10, "looks for deadlocks at nearly every wait for a lock"],
  ["wal_sender_timeout", 1000, "cuts replication off again and again"],
  ["wal_receiver_timeout", 1000, "cuts replication off again and again"],
  ["tcp_user_timeout", 1000, "drops connections at the first lost packet"],
  ["client_connection_check_interval", 100, "asks the kernel many times a second for each running query"],
];
