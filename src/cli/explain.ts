import { nearestName, nearestSetting } from "../catalog/nearest.ts";
import { poolerNames } from "../catalog/pgbouncer.ts";
import { NEWEST_POOLER } from "../catalog/pooler-version.ts";
import { NEWEST } from "../catalog/version.ts";
import type { Rule } from "../engine/rule.ts";
import { ruleFacts, whenToLeave } from "../engine/rule-facts.ts";
import { UserError } from "../node/problem.ts";
import { jsonText } from "../report/json-text.ts";
import { wrap } from "../report/wrap.ts";
import { rules } from "../rules/index.ts";
import type { Example } from "../rules/support/example.ts";
import type { Args } from "./args.ts";
import { wantsJson } from "./format.ts";
import type { ExitCode, Io } from "./io.ts";
import { aboutSetting, settingPage } from "./setting-page.ts";

export async function explain(args: Args, io: Io): Promise<ExitCode> {
  const [name, more] = args.paths;
  if (name === undefined || more !== undefined)
    throw new UserError("explain wants one name of a rule or a setting");
  const rule = rules.find(({ id }) => id === name || shortId(id) === name);
  const setting = rule ? undefined : aboutSetting(name);
  if (!rule && !setting) {
    const near = nearest(name);
    throw new UserError(
      `${name} is neither a rule nor a setting${near ? `; did you mean ${near}?` : "; see pgconflint rules"}`,
    );
  }
  if (wantsJson(args)) io.stdout(jsonText(rule ?? setting));
  else if (rule) io.stdout(rulePage(rule, await exampleOf(rule)));
  else if (setting) io.stdout(await settingPage(setting));
  return 0;
}

const shortId = (id: string) => id.slice(id.indexOf("/") + 1);

/** A rule by its whole id or by what stands behind the topic, else a setting of one of the servers. */
function nearest(name: string): string | undefined {
  const ids = rules.map(({ id }) => id);
  const near = nearestName(name, name.includes("/") ? ids : ids.map(shortId));
  return (
    ids.find((id) => id === near || shortId(id) === near) ??
    nearestSetting({ major: NEWEST, minor: null }, name) ??
    nearestName(name, poolerNames(NEWEST_POOLER, "pgbouncer"))
  );
}

/** Read on demand: nothing else wants them. */
async function exampleOf({ id }: Rule): Promise<Example | undefined> {
  const { default: examples } = await import("../rules/examples.json");
  return new Map<string, Example>(Object.entries(examples)).get(id);
}

const filesOf = (files: Example["bad"]) =>
  files.map(({ path, text }) => `  ${path}\n\n${text.replaceAll(/^(?=.)/gm, "    ")}`).join("\n\n");

function rulePage(rule: Rule, example: Example | undefined): string {
  const { id, title } = rule;
  const docs = rule.docs();
  const parts = [
    `${id} (${ruleFacts(rule).join(", ")})\n${title}`,
    `WHAT IT COSTS TO IGNORE\n${wrap(docs.why)}`,
    `WHAT TO WRITE\n${wrap(docs.fix)}`,
    ...(docs.traps ? [`TRAPS\n${wrap(docs.traps)}`] : []),
    `WHEN TO LEAVE IT\n${wrap(whenToLeave(rule))}`,
    ...(example
      ? [
          `FIRES ON\n${filesOf(example.bad)}\n\n${example.said.replaceAll(/^/gm, "  ")}`,
          `DOES NOT FIRE ON\n${filesOf(example.good)}`,
        ]
      : []),
    `SOURCES\n${docs.see.map((source) => `  ${source}`).join("\n")}`,
  ];
  return `${parts.join("\n\n")}\n`;
}
