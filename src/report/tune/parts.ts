import type { TunedSetting } from "../../api/tune-files.ts";
import { roughBytes } from "../../host/bytes.ts";
import type { Advice } from "../../sizing/advice.ts";
import { memoryRows } from "../memory-proof.ts";
import { linesOf } from "../wrap.ts";
import { columns } from "./lines.ts";
import type { TuneReport } from "./tune-report.ts";

/** Of what is behind a sign of comment. */
const WIDTH = 97;

export const factLines = ({ facts }: TuneReport): string =>
  columns(
    facts.map(({ name, value, from }) => [`  ${name}`, value, from]),
    WIDTH,
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
export function proofTable(
  { tuning: { budget, settings } }: TuneReport,
  marks?: { readonly unicode: boolean },
): string {
  const { worst } = budget;
  const verdict = worst.fits
    ? `enough, even if all ${worst.sessions} connections work at once`
    : `${roughBytes(-worst.left)} too little if all ${worst.sessions} connections work at once`;
  const rows = memoryRows(budget, marks ?? { unicode: false });
  const work = settings.find(({ name }) => name === "work_mem");
  return [
    `Memory: ${verdict}\n`,
    columns(marks ? rows : rows.map((row) => row.slice(1)), WIDTH),
    ...(work ? [columns([["work_mem", work.arithmetic]], WIDTH)] : []),
  ].join("\n");
}

/** What stands in another file, each with its reason below it. */
export function others(title: string, advice: readonly Advice[]): string[] {
  const lines = advice.flatMap(({ name, value, reason }) => [
    `  ${name} = ${value}`,
    ...linesOf(reason, WIDTH - 4).map((line) => `    ${line}`),
  ]);
  return lines.length === 0 ? [] : [`${[title, ...lines].join("\n")}\n`];
}

export const SYSTEM = "Outside of PostgreSQL";
export const POOLER = "pgbouncer.ini, section [pgbouncer]";
