import type { Rule } from "../../src/engine/rule.ts";

/** The page of one rule, from its own words. */
export function rulePage(rule: Rule): string {
  const versions = Object.entries(rule.versions ?? {}).map(
    ([server, range]) => `${NAMES[server] ?? server} ${range}`,
  );
  const facts = [`**${rule.severity}**`, ...versions].join(" · ");
  const { why, fix, traps, see } = rule.docs;
  return [
    `# ${rule.id}`,
    `${sentence(rule.title)}`,
    facts,
    `## Why\n\n${why}`,
    `## What to write\n\n${fix}`,
    ...(traps ? [`## Traps\n\n${traps}`] : []),
    `## Sources\n\n${see.map((source) => `- ${source.startsWith("http") ? `<${source}>` : source}`).join("\n")}`,
    `[The rule](../../../src/rules/${rule.id}.ts) · [its fixtures](../../../fixtures/rules/${rule.id}) · [all rules](../README.md)`,
  ]
    .join("\n\n")
    .concat("\n");
}

const NAMES: Readonly<Record<string, string>> = { postgres: "PostgreSQL", pgbouncer: "PgBouncer" };
const sentence = (title: string) => `${title.charAt(0).toUpperCase()}${title.slice(1)}.`;

/** The table of all rules. */
export function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map(
    (rule) => `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.title.replaceAll("|", "\\|")} |`,
  );
  return ["# The rules", "", "| rule | severity | what it says |", "|---|---|---|", ...rows, ""].join("\n");
}
