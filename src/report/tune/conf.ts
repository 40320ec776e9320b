import type { TunedSetting } from "../../api/tune-files.ts";
import type { Advice } from "../../sizing/advice.ts";
import { linesOf } from "../wrap.ts";
import { commented } from "./lines.ts";
import { factLines, inGroups, proofTable } from "./parts.ts";
import type { TuneFormat } from "./tune-report.ts";

const WIDTH = 100;

/** For conf.d: each value with the reason for it, and the proof that the memory suffices. */
export const conf: TuneFormat = (report) => {
  const { settings, pooler, kernel } = report.tuning;
  return [
    `# Sized by ${report.tool.name} tune for\n${commented(factLines(report))}# What takes a restart of the server says so; a reload is enough for the rest.\n`,
    ...inGroups(settings).map(([group, members]) => `# ${group}\n\n${assignments(members.map(line))}`),
    ...outside("Outside of PostgreSQL", kernel),
    ...outside("pgbouncer.ini, section [pgbouncer]", pooler),
    commented(proofTable(report)),
  ].join("\n");
};

const line = ({ name, value, reason, apply }: TunedSetting) => ({
  name,
  value,
  words: apply === "restart" ? `${reason} (restart)` : reason,
});

function outside(title: string, advice: readonly Advice[]): string[] {
  const lines = advice.map(({ name, value, reason }) => ({ name, value, words: reason }));
  return lines.length === 0 ? [] : [`# ${title}\n#\n${commented(assignments(lines, WIDTH - 2))}`];
}

interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly words: string;
}

/** `name = value  # words`, with the comments below each other. */
function assignments(lines: readonly Assignment[], width = WIDTH): string {
  const names = Math.max(...lines.map(({ name }) => name.length));
  const values = Math.max(...lines.map(({ value }) => value.length));
  const indent = names + values + 5;
  return lines
    .map(({ name, value, words }) => {
      const [first = "", ...rest] = linesOf(words, width - indent - 2);
      const start = `${name.padEnd(names)} = ${value.padEnd(values)}  # ${first}\n`;
      return start + rest.map((more) => `${" ".repeat(indent)}# ${more}\n`).join("");
    })
    .join("");
}
