import { settingDocs } from "../../catalog/manual.ts";
import { type Advice, ourReasons } from "../advice.ts";
import type { Sized } from "../sized.ts";

const SHORT_QUERIES = ["oltp", "web", "mixed"];

export function plannerAdvice({ request: { site } }: Sized): Advice[] {
  const advice: Advice[] = [];
  // Up to 11 it is off by default.
  if (SHORT_QUERIES.includes(site.kind) && site.version.major >= 12)
    advice.push({
      name: "jit",
      value: "off",
      reason:
        "Compiling takes longer than the short queries of such a server; SET it on where a report gains",
      arithmetic: `for the workload ${site.kind}`,
      source: ourReasons("jit"),
    });
  if (site.kind === "dw")
    advice.push({
      name: "default_statistics_target",
      value: "300",
      reason: "Large tables with skewed values, and plans that run for long, are worth a better sample",
      arithmetic: "3 x the default of 100",
      source: settingDocs("query", "default_statistics_target"),
    });
  return advice;
}
