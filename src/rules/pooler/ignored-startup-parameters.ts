import { defineRule } from "../../engine/rule.ts";
import { about, listOf, some } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

/** What a client would notice if it were not set. */
const MATTERS = [
  "options",
  "search_path",
  "role",
  "statement_timeout",
  "lock_timeout",
  "idle_in_transaction_session_timeout",
  "default_transaction_read_only",
  "default_transaction_isolation",
  "row_security",
  "session_authorization",
  "replication",
];

export default defineRule({
  id: "pooler/ignored-startup-parameters",
  title: "PgBouncer drops a parameter that clients rely on",
  severity: "warning",
  controls: ["T31", "pgbouncer/startup-ignore"],
  docs: () => ({
    why: "The client sets it when it connects, gets no error, and works without it: no statement_timeout, another search_path, more rights than role= would leave.",
    fix: "Keep extra_float_digits and what else does no harm, and set the rest for the role: ALTER ROLE app SET statement_timeout = '30s'. track_extra_parameters (1.20 and later) keeps parameters that the server reports.",
    traps:
      "`options` in the list drops every -c setting that PgBouncer does not know. Before PostgreSQL 12 dropping extra_float_digits rounds floating-point numbers that JDBC reads.",
    leave: "Where you know that the driver sends the parameter with the value that the server has anyway.",
    see: [poolerDocs("ignore_startup_parameters"), poolerDocs("track_extra_parameters")],
  }),
  *check({ pooler }) {
    const text = pooler?.settings.get("ignore_startup_parameters")?.text;
    if (!pooler || text === undefined) return;
    const dropped = listOf(text).filter((name) => MATTERS.includes(name.toLowerCase()));
    if (dropped.length > 0)
      yield {
        ...about(pooler, "ignore_startup_parameters"),
        suggested: listOf(text)
          .filter((name) => !dropped.includes(name))
          .join(", "),
        message: `ignore_startup_parameters drops ${some(dropped)}, and clients that set ${dropped.length > 1 ? "them" : "it"} are told nothing.`,
      };
  },
});
