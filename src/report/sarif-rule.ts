import type { Rule, RuleDocs, Severity } from "../engine/rule.ts";
import { published } from "./advice.ts";

const LEVEL = { error: "error", warning: "warning", info: "note" } as const;
const PROBLEM = { error: "error", warning: "warning", info: "recommendation" } as const;

/** Topics about who gets in, which GitHub lists as security alerts, with the score that it sorts them by. */
const SECURITY = new Set(["access", "network", "tls", "secrets", "privileges"]);
const SCORE: Readonly<Record<Severity, string>> = { error: "8.0", warning: "5.0", info: "2.0" };

/** A rule with its documentation, which viewers show beside the result. */
export function ruleDescriptor(id: string, helpUri: string, rule: Rule | undefined) {
  if (!rule) return { id, helpUri };
  const { title, severity, controls } = rule;
  const docs = rule.docs();
  const [topic = ""] = id.split("/");
  const security = SECURITY.has(topic);
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: title },
    fullDescription: { text: docs.why },
    helpUri,
    help: { text: plainHelp(docs), markdown: markdownHelp(docs) },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      tags: [topic, ...(security ? ["security"] : []), ...published(controls)],
      "problem.severity": PROBLEM[severity],
      ...(security && { "security-severity": SCORE[severity] }),
    },
  };
}

const pascalCase = (id: string) => id.replace(/(?:^|[/-])(.)/g, (_, letter: string) => letter.toUpperCase());

const parts = ({ why, fix, traps, leave }: RuleDocs): [title: string, text: string][] => [
  ["Why", why],
  ["What to write", fix],
  ...(traps === undefined ? [] : ([["Traps", traps]] satisfies [string, string][])),
  ...(leave === undefined ? [] : ([["When to leave it", leave]] satisfies [string, string][])),
];

const plainHelp = (docs: RuleDocs): string =>
  [...parts(docs).map(([title, text]) => `${title}: ${text}`), `Sources: ${docs.see.join(" ")}`].join("\n\n");

const markdownHelp = (docs: RuleDocs): string =>
  [
    ...parts(docs).map(([title, text]) => `**${title}.** ${text}`),
    `**Sources.**\n\n${docs.see.map((source) => `- <${source}>`).join("\n")}`,
  ].join("\n\n");
