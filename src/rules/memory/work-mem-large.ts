import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { sessionsOf } from "../support/sessions.ts";
import { settingDocs } from "../support/sources.ts";
import { bytesOf, draftAbout, valueText } from "../support/tuning.ts";

const LARGE = 512 * 1024 ** 2;

export default defineRule({
  id: "memory/work-mem-large",
  title: "work_mem of hundreds of megabytes for everybody",
  severity: "info",
  controls: ["K04"],
  docs: () => ({
    why: "The value goes to every sort and hash of every connection. What one report needs is then allowed to hundreds of sessions, and one bad plan in each of them takes the server down.",
    fix: "Keep the global value at some tens of megabytes, and give more to the roles or queries that need it: `ALTER ROLE report SET work_mem = '1GB'`, or SET LOCAL in the transaction.",
    traps:
      "With the host's memory known, memory/worst-case does the sum and says what fits; this rule then keeps quiet.",
    leave: "Leave it in a data warehouse with a handful of sessions, and say `kind = dw` under [workload].",
    see: [settingDocs("resource", "work_mem"), settingDocs("resource", "hash_mem_multiplier")],
  }),
  *check(cluster) {
    const { conf, host, workload } = cluster;
    const size = conf?.known("work_mem");
    if (!conf || !size || host.memory || workload.kind === "dw" || bytesOf(size) < LARGE) return;
    const sessions = sessionsOf(cluster);
    const product = sessions
      ? `: ${sessions.count} ${sessions.words} with one sort each may take ${roughBytes(sessions.count * bytesOf(size))}`
      : "";
    yield {
      ...draftAbout(
        conf,
        size,
        `work_mem = ${valueText(conf, size)} goes to every sort of every connection${product}.`,
      ),
      confidence: "medium",
    };
  },
});
