import { defineRule } from "../../engine/rule.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { draftAbout, statement } from "../support/tuning.ts";

export default defineRule({
  id: "planner/jit",
  title: "short queries may pay for just-in-time compilation",
  severity: "info",
  profiles: ["strict"],
  controls: ["M06"],
  versions: { postgres: ">=11" },
  docs: () => ({
    why: "A query whose estimated cost is above jit_above_cost is compiled before it runs, each time and in each parallel worker. Where the estimate is too high, a query of milliseconds spends hundreds of them on that, without a hint unless EXPLAIN ANALYZE is asked.",
    fix: "Write `jit = off` for a server of short queries, and switch it on for the role that runs the reports; or raise jit_above_cost.",
    traps:
      "It is on by default from 12 on. A server without the JIT package compiles nothing, whatever the file says.",
    leave: "Leave it in a data warehouse, whose long queries gain from it; say `kind = dw` under [workload].",
    see: [settingDocs("query", "jit"), pgDocs("jit-decision")],
  }),
  *check({ conf, workload }) {
    const jit = conf?.known("jit");
    const from = conf?.known("jit_above_cost");
    if (!conf || jit?.value !== true || workload.kind === "dw" || from?.item) return;
    yield draftAbout(
      conf,
      jit,
      `${statement(conf, jit)}: a query is compiled when it looks expensive.`,
      "off",
    );
  },
});
