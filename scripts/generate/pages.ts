import type { Rule } from "../../src/engine/rule.ts";
import { isInDefault, ruleFacts, whenToLeave } from "../../src/engine/rule-facts.ts";
import type { Example } from "../../src/rules/support/example.ts";
import { question, topicsOf } from "./topics.ts";

/** The page of one rule, from its own words. */
export function rulePage(rule: Rule, { bad, said, good }: Example): string {
  const { why, fix, traps, see } = rule.docs();
  const [severity, ...facts] = ruleFacts(rule);
  return [
    `# ${rule.id}`,
    `${sentence(rule.title)}`,
    [`**${severity}**`, ...facts].join(" · "),
    `## What it costs to ignore\n\n${why}`,
    `## What to write\n\n${fix}`,
    ...(traps ? [`## Traps\n\n${traps}`] : []),
    `## When to leave it\n\n${whenToLeave(rule)}`,
    `## Fires on\n\n${files(bad)}\n\n${fenced(said)}`,
    `## Does not fire on\n\n${files(good)}`,
    `## Sources\n\n${see.map((source) => `- ${source.startsWith("http") ? `<${source}>` : `[${source}](../../../${source})`}`).join("\n")}`,
    `[The rule](../../../src/rules/${rule.id}.ts) · [its fixtures](../../../fixtures/rules/${rule.id}) · [all rules](../README.md)`,
  ]
    .join("\n\n")
    .concat("\n");
}

const files = (shown: Example["bad"]) =>
  shown.map(({ path, text }) => `\`${path}\`\n\n${fenced(text)}`).join("\n\n");
const fenced = (text: string) => `\`\`\`\n${text}\n\`\`\``;
const sentence = (title: string) => `${title.charAt(0).toUpperCase()}${title.slice(1)}.`;

/** The table of all rules, topic by topic. */
export function ruleTable(rules: readonly Rule[]): string {
  const row = (rule: Rule) => {
    const profiles = isInDefault(rule) ? "" : (rule.profiles ?? []).join(", ");
    return `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${profiles} | ${rule.title.replaceAll("|", "\\|")} |`;
  };
  const tables = topicsOf(rules).map((topic) => {
    const rows = rules.filter(({ id }) => id.startsWith(`${topic}/`)).map(row);
    return `## ${topic}\n\n${question(topic)}\n\n| rule | severity | only in | what it says |\n|---|---|---|---|\n${rows.join("\n")}\n`;
  });
  return `# The rules\n\n${rules.length} rules. Those with a profile in the third column run only with \`--profile\`.\n\n${tables.join("\n")}`;
}
