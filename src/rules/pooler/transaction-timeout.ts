import { defineRule } from "../../engine/rule.ts";
import { about, numberSet, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/transaction-timeout",
  title: "idle_transaction_timeout is longer than transaction_timeout",
  severity: "info",
  controls: ["T33", "pgbouncer/transaction-timeout"],
  versions: { pgbouncer: ">=1.25" },
  docs: () => ({
    why: "transaction_timeout ends every transaction, idle or not, so that the other one never gets its turn.",
    fix: "Write an idle_transaction_timeout below transaction_timeout, or take it out.",
    leave: "Never; it has no effect.",
    see: [poolerDocs("transaction_timeout"), poolerDocs("idle_transaction_timeout")],
  }),
  *check({ pooler }) {
    const whole = pooler && numberSet(pooler, "transaction_timeout");
    const idle = pooler && numberSet(pooler, "idle_transaction_timeout");
    if (pooler && whole && idle && idle >= whole)
      yield {
        ...about(pooler, "idle_transaction_timeout"),
        message: `idle_transaction_timeout = ${idle} s has no effect: transaction_timeout ends a transaction after ${whole} s.`,
        related: relatedTo(pooler, "transaction_timeout", "ends it first"),
      };
  },
});
