import { linesOf } from "../wrap.ts";
import { commented } from "./lines.ts";
import { factLines, inGroups, others, POOLER, proofTable, SYSTEM } from "./parts.ts";
import { statement } from "./statement.ts";
import type { TuneFormat } from "./tune-report.ts";

const WIDTH = 97;

/** For psql: only what differs, where there is a configuration already. */
export const alterSystem: TuneFormat = (report) => {
  const { settings, kernel, pooler } = report.tuning;
  const changing = settings.filter(({ changes }) => changes);
  const restart = changing.filter(({ apply }) => apply === "restart").map(({ name }) => name);
  const after =
    restart.length === 0
      ? []
      : [
          "-- After a restart of the server:",
          ...linesOf(restart.join(", "), WIDTH - 5).map((line) => `--   ${line}`),
        ];
  const dashes = (text: string) => commented(text).replaceAll(/^#/gm, "--");
  return [
    `-- Sized by ${report.tool.name} tune for\n${dashes(factLines(report))}`,
    ...inGroups(changing).map(
      ([group, members]) =>
        `-- ${group}\n\n${members.map(({ name, value, reason }) => `${remark(reason)}${statement(name, value)}\n`).join("")}`,
    ),
    ["-- In force after a reload", "SELECT pg_reload_conf();", ...after, ""].join("\n"),
    ...[...others(SYSTEM, kernel), ...others(POOLER, pooler), proofTable(report)].map(dashes),
  ].join("\n");
};

const remark = (reason: string): string =>
  linesOf(reason, WIDTH)
    .map((line) => `-- ${line}\n`)
    .join("");
