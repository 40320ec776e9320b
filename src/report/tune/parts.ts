import type { TunedSetting } from "../../api/tune-files.ts";
import { memoryRows } from "../memory-proof.ts";
import { columns } from "./lines.ts";
import type { TuneReport } from "./tune-report.ts";

/** What several formats have in common. */

export const factLines = ({ facts }: TuneReport): string =>
  columns(
    facts.map(({ name, value, from }) => [`  ${name}`, value, from]),
    100,
  );

export function inGroups(settings: readonly TunedSetting[]): [group: string, settings: TunedSetting[]][] {
  const groups = new Map<string, TunedSetting[]>();
  for (const setting of settings) {
    const known = groups.get(setting.group);
    if (known) known.push(setting);
    else groups.set(setting.group, [setting]);
  }
  return [...groups];
}

/** What is reserved, what can be taken at once, what is left, and how work_mem comes about. */
export function proofTable(report: TuneReport, style = { unicode: false }): string {
  const { budget, settings } = report.tuning;
  const work = settings.find(({ name }) => name === "work_mem");
  const verdict = budget.worst.fits
    ? "It fits, even if all connections work at once"
    : "It does not fit if all connections work at once";
  const table = columns(memoryRows(budget, style), 98);
  return `Memory. ${verdict}.\n\n${table}\n${work ? columns([["work_mem", work.arithmetic]], 98) : ""}`;
}
