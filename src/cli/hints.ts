import type { Tallied } from "../report/tally.ts";
import type { Output } from "./outputs.ts";
import { plural } from "./rewrites.ts";

/** What to do next, for somebody at a terminal who may not know what there is. */
export function hints({ totals, commonest }: Tallied, outputs: readonly Output<string>[]): readonly string[] {
  const isRead = outputs.some(({ format, file }) => format === "pretty" && file === undefined);
  if (!isRead || totals.findings === 0) return [];
  const { unsafe, target } = totals;
  return [
    ...(commonest[0] ? [`pgconflint explain ${commonest[0].rule} tells what is behind a finding`] : []),
    ...(unsafe > 0
      ? [`pgconflint --diff --fix=unsafe shows ${plural(unsafe, "fix", "fixes")} more, each worth a look`]
      : []),
    ...(target.postgres && !target.host?.memory
      ? ["sizes are not judged: --memory 32GB --disk ssd, or --host this, tells how large the host is"]
      : []),
  ];
}
