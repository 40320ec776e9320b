// Writes docs/rules/, the README's table of topics and src/rules/examples.json from the rules and their fixtures.
import { rules } from "../../src/rules/index.ts";
import { exampleOf } from "./examples.ts";
import { write, writePart } from "./output.ts";
import { rulePage, ruleTable } from "./pages.ts";
import { topicTable } from "./topics.ts";

const examples = new Map(rules.map((rule) => [rule.id, exampleOf(rule)]));
for (const rule of rules) {
  const example = examples.get(rule.id);
  if (example) write(`docs/rules/${rule.id}.md`, rulePage(rule, example));
}
write("docs/rules/README.md", ruleTable(rules));
write("src/rules/examples.json", `${JSON.stringify(Object.fromEntries(examples), null, 1)}\n`);
writePart("README.md", "topics", topicTable(rules));
