import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import {
  about,
  isOpen,
  isRemoteHost,
  listensOn,
  numberSet,
  relatedTo,
  rewritten,
} from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/keepalive",
  title: "PgBouncer does not notice that the other side is gone",
  severity: "warning",
  controls: ["pgbouncer/keepalive"],
  docs: () => ({
    why: "When a host or a firewall between drops without a word, TCP does not notice. The connection stays in the pool, the next client that gets it hangs, and dead clients keep their places.",
    fix: "Write tcp_keepalive = 1, tcp_keepidle = 60, tcp_keepintvl = 10 and tcp_keepcnt = 3: a dead peer is found after 90 s instead of two hours.",
    traps: "The other three do nothing without tcp_keepalive, and 0 means the kernel's 7200 s, 75 s and 9.",
    leave: "Where all traffic goes over Unix sockets or loopback.",
    see: [poolerDocs("tcp_keepalive"), "https://man7.org/linux/man-pages/man7/tcp.7.html"],
  }),
  *check({ pooler }) {
    if (!pooler || numberSet(pooler, "tcp_keepalive") !== 0) return;
    const remote = databasesOf(pooler).some(({ hosts }) => hosts?.some(isRemoteHost));
    const switchedOn = rewritten(pooler, "tcp_keepalive", "1", false);
    if (remote || isOpen(listensOn(pooler)))
      yield {
        ...about(pooler, "tcp_keepalive", "1"),
        message: `tcp_keepalive = 0: when ${remote ? "a server" : "a client"} vanishes without a word, PgBouncer keeps the connection.`,
        ...switchedOn,
      };
    for (const name of ["tcp_keepidle", "tcp_keepintvl", "tcp_keepcnt"]) {
      const value = numberSet(pooler, name);
      if (value)
        yield {
          ...about(pooler, name),
          severity: "info",
          message: `${name} = ${value} has no effect while tcp_keepalive is 0.`,
          related: relatedTo(pooler, "tcp_keepalive", "switches it off"),
        };
    }
  },
});
