import { defineRule } from "../../engine/rule.ts";
import { about, numberSet } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

/** How long the usual pools of applications keep an idle connection. */
const USUAL = 600;

export default defineRule({
  id: "pooler/client-idle-timeout",
  title: "PgBouncer closes connections that applications keep for later",
  severity: "info",
  controls: ["pgbouncer/client-idle"],
  docs: () => ({
    why: "An application's own pool keeps idle connections for ten minutes and more. It takes one that PgBouncer has closed and gets an error with its first query, mostly after a quiet night.",
    fix: "Take the line out, or have it longer than the idle time of every pool in front; tcp_keepalive finds dead clients.",
    leave: "In session mode, where idle clients hold server connections that others wait for.",
    see: [poolerDocs("client_idle_timeout")],
  }),
  *check({ pooler }) {
    const seconds = pooler && numberSet(pooler, "client_idle_timeout");
    if (pooler && seconds && seconds < USUAL)
      yield {
        ...about(pooler, "client_idle_timeout"),
        confidence: "medium",
        message: `client_idle_timeout = ${seconds} s closes connections that applications' pools usually keep for ${USUAL} s and more.`,
      };
  },
});
