import { kindOf } from "../cluster/kinds.ts";
import type { LintConfig } from "../engine/config.ts";
import type { Rulebook } from "../engine/lint.ts";
import type { Rule } from "../engine/rule.ts";
import { ruleIds } from "../rules/ids.ts";
import { type FileSet, fileSet } from "../text/files.ts";

type Load = () => Promise<{ readonly rules: readonly Rule[] }>;

const settings: Load = () => import("../rules/groups/settings.ts");
const access: Load = () => import("../rules/groups/access.ts");
const pooler: Load = () => import("../rules/groups/pooler.ts");
const audit: Load = () => import("../rules/groups/audit.ts");

/**
 * The rules that can have anything to say about the files that came so far. The others are not even compiled, which
 * is half of a start.
 */
export function openRulebook(config: LintConfig): (files: FileSet) => Promise<Rulebook> {
  const wanted = new Set(mayAudit(config) ? [settings, audit] : [settings]);
  let loaded: { readonly groups: number; readonly rulebook: Rulebook } | undefined;
  return async (files) => {
    for (const kind of kindsOf(files)) {
      if (kind === "pg_hba.conf" || kind === "pg_ident.conf") wanted.add(access);
      if (kind === "pgbouncer.ini" || kind === "userlist.txt") wanted.add(pooler);
    }
    if (loaded?.groups !== wanted.size) {
      const groups = await Promise.all([...wanted].map((load) => load()));
      const rules = groups.flatMap((group) => group.rules);
      loaded = { groups: wanted.size, rulebook: { rules, ids: ruleIds } };
    }
    return loaded.rulebook;
  };
}

/** The same for files that are all there already. */
export async function rulebookFor(
  { servers }: { readonly servers: readonly { readonly files: FileSet }[] },
  config: LintConfig,
): Promise<Rulebook> {
  const wanted = openRulebook(config);
  let rulebook = await wanted(fileSet([]));
  for (const { files } of servers) rulebook = await wanted(files);
  return rulebook;
}

function* kindsOf(files: FileSet) {
  for (const path of files.paths) {
    const source = files.read(path);
    if (typeof source !== "string") yield kindOf(path, source.text);
  }
}

/** Does anything ask for a rule that the default profile does not have? */
const mayAudit = ({ profile = "default", rules = {}, paths = [] }: LintConfig): boolean =>
  profile !== "default" ||
  [rules, ...paths.map((path) => path.rules)].some((levels) =>
    Object.values(levels).some((level) => level !== "off"),
  );
