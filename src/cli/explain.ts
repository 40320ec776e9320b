import { historyOf } from "../catalog/history.ts";
import { nearestName, nearestSetting } from "../catalog/nearest.ts";
import { settingIn } from "../catalog/postgres.ts";
import type { Setting } from "../catalog/setting.ts";
import { settingText } from "../catalog/texts.ts";
import { MAJORS, NEWEST } from "../catalog/version.ts";
import type { Rule } from "../engine/rule.ts";
import { UserError } from "../node/problem.ts";
import { rules } from "../rules/index.ts";
import type { Args } from "./args.ts";
import { wantsJson } from "./format.ts";
import type { ExitCode, Io } from "./io.ts";
import { table } from "./table.ts";

export async function explain(args: Args, io: Io): Promise<ExitCode> {
  const [name, more] = args.paths;
  if (name === undefined || more !== undefined)
    throw new UserError("explain wants one name of a rule or a setting");
  const rule = rules.find(({ id }) => id === name || id.endsWith(`/${name}`));
  const eras = rule ? [] : erasOf(name);
  if (!rule && eras.length === 0 && !historyOf(name)) {
    const near = name.includes("/")
      ? nearestName(
          name,
          rules.map(({ id }) => id),
        )
      : nearestSetting({ major: NEWEST, minor: null }, name);
    throw new UserError(
      `${name} is neither a rule nor a setting${near ? `; did you mean ${near}?` : "; see pgconflint rules"}`,
    );
  }
  if (wantsJson(args))
    io.stdout(
      `${JSON.stringify(rule ?? { name, releases: eras, history: historyOf(name) ?? null }, null, 2)}\n`,
    );
  else io.stdout(rule ? ruleText(rule) : await settingPage(name, eras));
  return 0;
}

function ruleText({ id, title, severity, versions = {}, docs }: Rule): string {
  const range = Object.entries(versions).map(([server, releases]) => `${server} ${releases}`);
  const parts = [
    `${id} (${[severity, ...range].join(", ")})\n${title}`,
    `WHY\n${wrap(docs.why)}`,
    `WHAT TO WRITE\n${wrap(docs.fix)}`,
    ...(docs.traps ? [`TRAPS\n${wrap(docs.traps)}`] : []),
    `SOURCES\n${docs.see.map((source) => `  ${source}`).join("\n")}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

interface Era {
  readonly from: number;
  readonly to: number;
  readonly setting: Setting;
}

/** The setting as it is in each range of releases in which nothing about it changed. */
function erasOf(name: string): Era[] {
  const eras: Era[] = [];
  for (const major of MAJORS) {
    const setting = settingIn({ major, minor: null }, name);
    const last = eras.at(-1);
    if (!setting) continue;
    if (last && last.to === major - 1 && JSON.stringify(last.setting) === JSON.stringify(setting))
      eras[eras.length - 1] = { ...last, to: major };
    else eras.push({ from: major, to: major, setting });
  }
  return eras;
}

async function settingPage(name: string, eras: readonly Era[]): Promise<string> {
  const setting = eras.at(-1)?.setting;
  const text = setting && (await settingText(setting.name));
  const history = historyOf(name);
  const rows = eras.map(({ from, to, setting: facts }) => [
    from === to ? `${from}` : `${from}-${to}`,
    facts.type,
    `default ${facts.default === null || facts.default === "" ? "''" : facts.default}${facts.unit ? ` (${facts.unit})` : ""}`,
    rangeOf(facts),
    facts.context,
  ]);
  const parts = [
    `${setting?.name ?? name}${setting?.module ? ` (${setting.module})` : ""}`,
    ...(text ? [wrap([text.short, text.extra].filter(Boolean).join(" "))] : []),
    ...(rows.length > 0 ? [table(rows).trimEnd()] : []),
    ...(history?.advice ? [`${history.until ? `Gone after ${history.until}. ` : ""}${history.advice}`] : []),
    ...(history?.use && history.use !== setting?.name ? [`See ${history.use}.`] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function rangeOf({ type, min, max, values, buildValues }: Setting): string {
  if (type === "integer" || type === "real") return `${min} to ${max}`;
  return [...values, ...buildValues.map((word) => `${word} (some builds)`)].join(", ");
}

function wrap(text: string, width = 96): string {
  const lines: string[] = [];
  let line = " ";
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length + 1 > width) {
      lines.push(line);
      line = " ";
    }
    line += ` ${word}`;
  }
  return [...lines, line].join("\n");
}
