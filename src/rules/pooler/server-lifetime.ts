import { defineRule } from "../../engine/rule.ts";
import { about, number, numberSet, relatedTo, rewritten } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/server-lifetime",
  title: "server connections are made anew for each use, or never closed",
  severity: "warning",
  controls: ["pgbouncer/server-lifetime", "pgbouncer/server-idle"],
  docs: () => ({
    why: "With server_lifetime = 0 a connection is used once and closed, which makes a new login and a new process on the server for each transaction: a pooler that does not pool.",
    fix: "Write server_lifetime = 3600 and server_idle_timeout = 600, the defaults.",
    traps:
      "In [databases] server_lifetime=0 means the global value. A server_idle_timeout of 0 keeps the connections of the last rush until their lifetime ends.",
    leave: "Where each connection must go to another server, as behind a balancer, and logins are cheap.",
    see: [poolerDocs("server_lifetime"), poolerDocs("server_idle_timeout")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    const life = number(pooler, "server_lifetime");
    const idle = numberSet(pooler, "server_idle_timeout");
    if (life === 0)
      yield {
        ...about(pooler, "server_lifetime", "3600"),
        message: "server_lifetime = 0 closes each server connection after one use; the default is 3600 s.",
        ...rewritten(pooler, "server_lifetime", "3600", false),
      };
    if (idle === 0)
      yield {
        ...about(pooler, "server_idle_timeout", "600"),
        severity: "info",
        message: "server_idle_timeout = 0 keeps the connections of a rush open although nobody uses them.",
        related: relatedTo(pooler, "server_lifetime", "what closes them in the end"),
      };
    if (idle && life && idle > life)
      yield {
        ...about(pooler, "server_idle_timeout"),
        severity: "info",
        message: `server_idle_timeout = ${idle} s has no effect: server_lifetime closes a connection after ${life} s.`,
        related: relatedTo(pooler, "server_lifetime", "closes it first"),
      };
  },
});
