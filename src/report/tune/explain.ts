import type { TunedSetting } from "../../api/tune-files.ts";
import type { Advice } from "../../sizing/advice.ts";
import { wrap } from "../wrap.ts";
import { columns, sentence } from "./lines.ts";
import { factLines } from "./parts.ts";
import type { TuneReport } from "./tune-report.ts";

/** All advice by name: settings, then those of the pooler, then what is outside. */
export const adviceNamed = (
  { tuning: { settings, pooler, kernel } }: TuneReport,
  name: string,
): TunedSetting | Advice | undefined =>
  [...settings, ...pooler, ...kernel].find((advice) => advice.name.toLowerCase() === name.toLowerCase());

export const adviceNames = ({ tuning: { settings, pooler, kernel } }: TuneReport): string[] =>
  [...settings, ...pooler, ...kernel].map(({ name }) => name);

/** How one value comes about. */
export function explanation(report: TuneReport, advice: TunedSetting | Advice): string {
  const { name, value, reason, arithmetic, source } = advice;
  const facts = [
    ...("apply" in advice ? [...nowOf(advice), ["  change", `takes a ${advice.apply}`]] : []),
    ["  read on", source],
  ];
  return [
    `${name} = ${value}\n`,
    `${wrap(sentence(reason))}\n`,
    `${wrap(arithmetic)}\n`,
    columns(facts, 200),
    `  sized for\n${factLines(report).replaceAll(/^/gm, "  ").trimEnd()}\n`,
  ].join("\n");
}

function nowOf({ value, current, path, line, changes }: TunedSetting): string[][] {
  if (current === undefined) return [];
  const where = path === undefined ? "the default" : `${path}:${line}`;
  return [["  now", `${current} (${where})${changes || current === value ? "" : ", which is close enough"}`]];
}
