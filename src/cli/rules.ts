import { PROFILES } from "../engine/rule.ts";
import { jsonText } from "../report/json-text.ts";
import { table } from "../report/table.ts";
import { rules } from "../rules/index.ts";
import type { Args } from "./args.ts";
import { wantsJson } from "./format.ts";
import type { ExitCode, Io } from "./io.ts";

export function listRules(args: Args, io: Io): ExitCode {
  if (wantsJson(args)) {
    const facts = rules.map(({ id, title, severity, controls = [], profiles = PROFILES, versions = {} }) => ({
      id,
      title,
      severity,
      controls,
      profiles,
      versions,
    }));
    io.stdout(jsonText(facts));
  } else io.stdout(table(rules.map(({ id, severity, title }) => [id, severity, title])));
  return 0;
}
