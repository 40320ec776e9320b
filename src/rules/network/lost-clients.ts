import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { lacking } from "../support/written.ts";

export default defineRule({
  id: "network/lost-clients",
  title: "queries go on when their client is gone",
  severity: "info",
  profiles: ["strict"],
  versions: { postgres: ">=14" },
  controls: ["B07"],
  docs: () => ({
    why: "A server that works on a query does not look at its socket. When the application gives up after 30 seconds and asks again, the first query still runs, and the retries pile up until the server is busy with answers that nobody waits for.",
    fix: "`client_connection_check_interval = 10s`: a query whose client closed the connection ends within ten seconds.",
    traps:
      "It needs an operating system that reports a closed socket: Linux, macOS, illumos and the BSDs; elsewhere the server refuses a value other than 0. A client that vanished without closing is found by TCP keepalives only.",
    leave:
      "Where clients start long work and leave on purpose, or a statement_timeout bounds everything anyway.",
    see: [settingDocs("connection", "client_connection_check_interval")],
  }),
  *check({ conf }) {
    const interval = conf?.known("client_connection_check_interval");
    if (!conf || interval?.value !== 0) return;
    const origin = interval.item ? "" : " by default";
    yield lacking(
      conf,
      interval,
      "10s",
      `client_connection_check_interval is 0${origin}: a query runs to its end although its client is gone.`,
    );
  },
});
