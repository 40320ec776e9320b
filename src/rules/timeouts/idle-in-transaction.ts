import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "timeouts/idle-in-transaction",
  title: "a forgotten transaction stays open for ever",
  severity: "info",
  controls: ["N01"],
  profiles: ["strict"],
  docs: () => ({
    why: "A session that sits in an open transaction keeps its locks and keeps vacuum from removing anything newer than its snapshot, in the whole database. One crashed worker or one open psql over the weekend is enough for bloat that takes a week to get rid of, or for an ALTER TABLE behind which all others queue.",
    fix: "`idle_in_transaction_session_timeout = 10min`, or a value for the roles of applications with ALTER ROLE.",
    traps:
      "It ends the session, not only the transaction. pg_dump sets it to 0 for itself. Prepared transactions are not covered.",
    leave: "Where every role that connects has its own value, which the files do not show.",
    see: [settingDocs("client", "idle_in_transaction_session_timeout")],
  }),
  *check({ conf }) {
    const timeout = conf?.known("idle_in_transaction_session_timeout");
    if (!conf || timeout?.value !== 0) return;
    // From 17 on a limit for the whole transaction covers the idle one as well.
    if (Number(conf.known("transaction_timeout")?.value ?? 0) > 0) return;
    const message =
      "idle_in_transaction_session_timeout is 0: a session that forgets its transaction keeps locks and stops vacuum for ever.";
    yield { ...changeTo(conf, timeout, "10min", message), confidence: "medium" };
  },
});
