import type { Cluster } from "../cluster/cluster.ts";
import { type LintConfig, Selection } from "./config.ts";
import type { Rule } from "./rule.ts";
import { appliesTo } from "./versions.ts";

/** What a rule is about; where that is not given, it need not even be compiled. */
const SUBJECTS = ["access", "pooler", "settings"] as const;
export type Subject = (typeof SUBJECTS)[number];

export function subjectOf({ id }: Pick<Rule, "id">): Subject {
  if (/^(?:pooler|cross)\/|^server\/(?:pooler|userlist)-/.test(id)) return "pooler";
  return /^access\/|^server\/(?:hba|ident)-/.test(id) ? "access" : "settings";
}

const isGiven = (subject: Subject, { hba, ident, pooler }: Cluster): boolean =>
  subject === "settings" || (subject === "pooler" ? pooler : (hba ?? ident)) !== undefined;

/** The rules that a run has to ask, sorted out once and not for each of a thousand servers. */
export class Plan {
  readonly selection: Selection;
  readonly #rules: readonly Rule[];
  readonly #byTarget = new Map<string, readonly Rule[]>();

  constructor(rules: readonly Rule[], config: LintConfig) {
    this.selection = new Selection(config);
    this.#rules = rules.filter((rule) => this.selection.runs(rule));
  }

  rulesFor(cluster: Cluster): readonly Rule[] {
    const { target, pooler } = cluster;
    const given = SUBJECTS.filter((subject) => isGiven(subject, cluster));
    const key = [target.postgres.major, pooler?.version.minor, ...given].join(" ");
    const known = this.#byTarget.get(key);
    if (known) return known;
    const rules = this.#rules.filter((rule) => appliesTo(rule, target) && given.includes(subjectOf(rule)));
    this.#byTarget.set(key, rules);
    return rules;
  }
}

const plans = new WeakMap<LintConfig, { readonly rules: readonly Rule[]; readonly plan: Plan }>();

/** The same plan as long as the same rules run with the same configuration. */
export function planOf(rules: readonly Rule[], config: LintConfig): Plan {
  const known = plans.get(config);
  if (known?.rules === rules) return known.plan;
  const plan = new Plan(rules, config);
  plans.set(config, { rules, plan });
  return plan;
}
