import { kindOf } from "../cluster/kinds.ts";
import type { LintConfig } from "../engine/config.ts";
import type { Rulebook } from "../engine/lint.ts";
import type { Rule } from "../engine/rule.ts";
import { ruleIds } from "../rules/ids.ts";
import type { Input } from "./input.ts";

/** The rules that can have anything to say about the input. The others are not even compiled, which is half of a start. */
export async function rulebookFor(input: Input, config: LintConfig): Promise<Rulebook> {
  const kinds = kindsIn(input);
  const { rules } = await import("../rules/groups/settings.ts");
  const groups: (readonly Rule[])[] = [rules];
  if (kinds.has("pg_hba.conf") || kinds.has("pg_ident.conf"))
    groups.push((await import("../rules/groups/access.ts")).rules);
  if (kinds.has("pgbouncer.ini") || kinds.has("userlist.txt"))
    groups.push((await import("../rules/groups/pooler.ts")).rules);
  if (mayAudit(config)) groups.push((await import("../rules/groups/audit.ts")).rules);
  return { rules: groups.flat(), ids: ruleIds };
}

function kindsIn({ servers }: Input): Set<string> {
  const kinds = new Set<string>();
  for (const { files } of servers)
    for (const path of files.paths) {
      const source = files.read(path);
      if (typeof source !== "string") kinds.add(kindOf(path, source.text));
    }
  return kinds;
}

/** Does anything ask for a rule that the default profile does not have? */
const mayAudit = ({ profile = "default", rules = {}, paths = [] }: LintConfig): boolean =>
  profile !== "default" ||
  [rules, ...paths.map((path) => path.rules)].some((levels) =>
    Object.values(levels).some((level) => level !== "off"),
  );
