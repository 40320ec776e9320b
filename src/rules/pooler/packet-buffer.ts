import { defineRule } from "../../engine/rule.ts";
import { about, numberSet, rewritten } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const LEAST = 100;
const MOST = 65_536;

export default defineRule({
  id: "pooler/packet-buffer",
  title: "pkt_buf is too small to work, or wastes memory on every connection",
  severity: "warning",
  controls: ["pgbouncer/D8"],
  docs: () => ({
    why: "Every active connection has a buffer of this size, and results of any length pass through it: a large one takes memory and gains nothing. With a few bytes PgBouncer hangs.",
    fix: "Write pkt_buf = 4096, the default; 8192 or 16384 where results are large.",
    leave: "Where you have measured that it helps.",
    see: [poolerDocs("pkt_buf")],
  }),
  *check({ pooler }) {
    const size = pooler && numberSet(pooler, "pkt_buf");
    if (!pooler || size === undefined || (size >= LEAST && size <= MOST)) return;
    yield {
      ...about(pooler, "pkt_buf", "4096"),
      ...(size < LEAST && { severity: "error" }),
      message:
        size < LEAST
          ? `pkt_buf = ${size} is too small for a packet's header and text; PgBouncer hangs with it.`
          : `pkt_buf = ${size} takes ${Math.round(size / 1024)} kB for every active connection; 4096 does.`,
      ...rewritten(pooler, "pkt_buf", "4096", false),
    };
  },
});
