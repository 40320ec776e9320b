// npm run fuzz [-- RUNS [SEED]]: random and mutated inputs for every reader; none throws, each prints back what it read.
import fc from "fast-check";
import { readerProperties } from "../test/support/readers.ts";

const runs = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);

for (const { name, property } of readerProperties()) {
  const started = performance.now();
  fc.assert(property, { numRuns: runs, seed });
  console.log(`${name.padEnd(24)} ${runs} inputs, ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
console.log(`no failure; seed ${seed}`);
