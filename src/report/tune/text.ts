import type { Advice } from "../../sizing/advice.ts";
import { memoryBars } from "../memory-proof.ts";
import { columns } from "./lines.ts";
import { factLines, inGroups, proofTable } from "./parts.ts";
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
    ...others("Outside of PostgreSQL", kernel, strong),
    ...others("pgbouncer.ini", pooler, strong),
    memoryBars(budget, style),
    proofTable(report, style),
  ].join("\n");
};

function others(title: string, advice: readonly Advice[], strong: (words: string) => string): string[] {
  const rows = advice.map(({ name, value, arithmetic }) => [name, value, arithmetic]);
  return rows.length === 0 ? [] : [`${strong(title)}\n${columns(rows, WIDTH)}`];
}
