import { defineRule } from "../../engine/rule.ts";
import { about, numberSet } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/unusable-value",
  title: "a number that PgBouncer takes and cannot work with",
  severity: "error",
  controls: ["pgbouncer/int-wrap"],
  docs: () => ({
    why: "PgBouncer checks no ranges. With max_packet_size = 0 it turns every client away; a listen_port over 65535 loses what does not fit into 16 bits, and it listens elsewhere.",
    fix: "Write a number that makes sense; the defaults do.",
    leave: "Never.",
    see: [poolerDocs("listen_port"), poolerDocs("max_packet_size")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    const port = numberSet(pooler, "listen_port");
    if (port !== undefined && port > 65_535)
      yield {
        ...about(pooler, "listen_port", "6432"),
        message: `listen_port = ${port} is no port; PgBouncer listens on ${port % 65_536} instead.`,
      };
    const packet = numberSet(pooler, "max_packet_size");
    if (packet !== undefined && packet < 1024)
      yield {
        ...about(pooler, "max_packet_size", "2147483647"),
        message: `max_packet_size = ${packet} is too small for what clients send; PgBouncer turns them away.`,
      };
    for (const name of ["default_pool_size", "min_pool_size", "reserve_pool_size", "stats_period"]) {
      const value = numberSet(pooler, name);
      if (value !== undefined && value < 0)
        yield {
          ...about(pooler, name),
          message: `${name} = ${pooler.text(name)} is ${value}; it must not be negative.`,
        };
    }
  },
});
