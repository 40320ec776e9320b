import { defineRule } from "../../engine/rule.ts";
import { about, numberSet, relatedTo, rewritten } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

/** Nobody means less than a second. */
const A_SECOND = 1000;

export default defineRule({
  id: "pooler/tcp-user-timeout",
  title: "tcp_user_timeout is in milliseconds, unlike every other time of PgBouncer",
  severity: "warning",
  controls: ["pgbouncer/wrong-unit", "pgbouncer/user-timeout"],
  docs: () => ({
    why: "All other times are seconds. Some tens of milliseconds are less than a lost packet takes to be sent again, so that healthy connections break under load.",
    fix: "Write the time in milliseconds, such as 30000.",
    traps:
      "It also overrides tcp_keepcnt: a peer counts as dead once it is over, however many probes are left.",
    leave: "Within one rack, where a peer that does not answer in a second is dead.",
    see: [poolerDocs("tcp_user_timeout"), "https://man7.org/linux/man-pages/man7/tcp.7.html"],
  }),
  *check({ pooler }) {
    const time = pooler && numberSet(pooler, "tcp_user_timeout");
    if (!pooler || !time || time < 0) return;
    if (time < A_SECOND) {
      yield {
        ...about(pooler, "tcp_user_timeout", String(time * 1000)),
        message: `tcp_user_timeout = ${time} means ${time} ms here; write ${time * 1000} for ${time} s.`,
        ...rewritten(pooler, "tcp_user_timeout", String(time * 1000), false),
      };
      return;
    }
    const [idle, interval, count] = ["tcp_keepidle", "tcp_keepintvl", "tcp_keepcnt"].map((name) =>
      numberSet(pooler, name),
    );
    if (!idle || !interval || !count) return;
    const probes = idle + interval * count;
    if (time < probes * 1000)
      yield {
        ...about(pooler, "tcp_user_timeout", String(probes * 1000)),
        severity: "info",
        message: `tcp_user_timeout = ${time} ms ends before the probes, ${idle} + ${interval} x ${count} = ${probes} s, and so decides alone.`,
        related: relatedTo(pooler, "tcp_keepcnt", "not used up"),
      };
  },
});
