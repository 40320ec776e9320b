// Writes docs/rules/ from the rules.
import { rules } from "../../src/rules/index.ts";
import { write } from "./output.ts";
import { rulePage, ruleTable } from "./pages.ts";

for (const rule of rules) write(`docs/rules/${rule.id}.md`, rulePage(rule));
write("docs/rules/README.md", ruleTable(rules));
