import { memoryBars } from "../memory-proof.ts";
import { columns } from "./lines.ts";
import { factLines, inGroups, others, POOLER, proofTable, SYSTEM } from "./parts.ts";
import type { TuneFormat } from "./tune-report.ts";

const WIDTH = 100;

/** For people at a terminal: the values with their arithmetic, and the memory as a picture. */
export const text: TuneFormat = (report, style) => {
  const { settings, kernel, pooler, budget } = report.tuning;
  const strong = style.paint?.strong ?? ((words: string) => words);
  const hasNow = settings.some(({ current }) => current !== undefined);
  const rows = inGroups(settings).flatMap(([, members]) =>
    members.map(({ name, value, current, changes, apply, arithmetic }) => [
      name,
      value,
      ...(hasNow ? [changes ? (current ?? "") : "as it is"] : []),
      changes ? apply : "",
      arithmetic,
    ]),
  );
  const head = ["SETTING", "VALUE", ...(hasNow ? ["NOW"] : []), "TAKES", "WHY THIS MUCH"];
  return [
    `${strong("Sized for")}\n${factLines(report)}`,
    columns([head, ...rows], WIDTH),
    ...others(SYSTEM, kernel),
    ...others(POOLER, pooler),
    memoryBars(budget, style),
    proofTable(report, style),
  ].join("\n");
};
