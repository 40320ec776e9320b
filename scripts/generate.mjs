// npm run generate: everything that is made from something else, in an order in which nothing is made from what is stale.
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const PARTS = [
  "generate/rule-index.ts",
  "generate/rule-groups.ts",
  "generate/docs.ts",
  "generate/schemas.ts",
  "generate/templates.ts",
  "generate/man.ts",
  "generate/tuning-compared.ts",
  "bench-server/main.ts page",
  "generate/validator.ts",
];
for (const part of PARTS) {
  const [script = "", ...args] = part.split(" ");
  const program = [resolve(import.meta.dirname, "ts.mjs"), resolve(import.meta.dirname, script), ...args];
  execFileSync(process.execPath, program, { stdio: "inherit" });
}
