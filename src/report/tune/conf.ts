import type { TunedSetting } from "../../api/tune-files.ts";
import { linesOf } from "../wrap.ts";
import { commented } from "./lines.ts";
import { factLines, inGroups, others, POOLER, proofTable, SYSTEM } from "./parts.ts";
import type { TuneFormat } from "./tune-report.ts";

const WIDTH = 100;

/** For conf.d: each value with the reason for it, and the proof that the memory suffices. */
export const conf: TuneFormat = (report) => {
  const { settings, pooler, kernel } = report.tuning;
  return [
    `# Sized by ${report.tool.name} tune for\n${commented(factLines(report))}# What takes a restart of the server says so; a reload is enough for the rest.\n`,
    ...inGroups(settings).map(([group, members]) => `# ${group}\n${assignments(members)}`),
    ...[...others(SYSTEM, kernel), ...others(POOLER, pooler), proofTable(report)].map(commented),
  ].join("\n");
};

/** `name = value  # reason`, with equals signs and comments below each other. */
function assignments(settings: readonly TunedSetting[]): string {
  const names = Math.max(...settings.map(({ name }) => name.length));
  const values = Math.max(...settings.map(({ value }) => value.length));
  const indent = names + values + 5;
  return settings
    .map(({ name, value, reason, apply }) => {
      const words = apply === "restart" ? `${reason} (restart)` : reason;
      const [first = "", ...rest] = linesOf(words, WIDTH - indent - 2);
      const start = `${name.padEnd(names)} = ${value.padEnd(values)}  # ${first}\n`;
      return start + rest.map((more) => `${" ".repeat(indent)}# ${more}\n`).join("");
    })
    .join("");
}
