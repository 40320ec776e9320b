// npm run fuzz -- [--minutes N] [--seed N] [--target NAME]: inputs of every kind for every part, until the time is up.
// What fails is made small, kept in fixtures/fuzz/, and replayed by `npm test` from then on.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type FuzzCase, sizeOf, written } from "./case.ts";
import { Costs } from "./costs.ts";
import { Random } from "./random.ts";
import { shrunk } from "./shrink.ts";
import type { Target } from "./target.ts";
import { targets } from "./targets.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string" }, seed: { type: "string" }, target: { type: "string" } },
});
const minutes = Number(values.minutes ?? 1);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const chosen = targets.filter(({ name }) => name === (values.target ?? name));
const FOLDER = "fixtures/fuzz";
/** Targets take turns, so that an interrupted run has tried them all. */
const TURN_MS = 1000;
/** The same fault again and again tells nothing new. */
const MOST_FAILURES = 5;

const costs = new Map(chosen.map(({ name }) => [name, new Costs()]));
const failures = new Map<string, number>();
const end = performance.now() + minutes * 60_000;
console.log(`seed ${seed}, ${minutes} min, ${chosen.length} targets`);
for (let turn = 0; performance.now() < end; turn++) {
  for (const target of chosen) {
    const until = Math.min(end, performance.now() + TURN_MS);
    while (performance.now() < until && (failures.get(target.name) ?? 0) < MOST_FAILURES) await one(target);
  }
  if (turn % 20 === 19) {
    const counts = [...costs].map(([name, { count }]) => `${name} ${count}`).join(", ");
    console.log(`${Math.round((end - performance.now()) / 60_000)} min left: ${counts}`);
  }
}
for (const [name, cost] of costs) console.log(cost.line(name));
const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
console.log(failed === 0 ? `no failure; seed ${seed}` : `${failed} failures; seed ${seed}`);
process.exitCode = failed === 0 ? 0 : 1;

async function one(target: Target): Promise<void> {
  const cost = costs.get(target.name);
  if (!cost) return;
  const index = cost.count;
  const input = target.make(new Random(seed, target.name, index));
  const started = process.cpuUsage();
  const error = await failureOf(target, input);
  const { user, system } = process.cpuUsage(started);
  cost.add((user + system) / 1000, sizeOf(input), index);
  if (error === undefined) return;
  const small = await shrunk(input, async (smaller) => (await failureOf(target, smaller)) !== undefined);
  keep(target, small, index);
  console.log(`${target.name} #${index}: ${await failureOf(target, small)}`);
  failures.set(target.name, (failures.get(target.name) ?? 0) + 1);
}

async function failureOf(target: Target, input: FuzzCase): Promise<string | undefined> {
  try {
    await target.check(input);
    return undefined;
  } catch (error) {
    return error instanceof Error
      ? (error.stack ?? error.message).split("\n").slice(0, 6).join("\n")
      : String(error);
  }
}

function keep({ name }: Target, input: FuzzCase, index: number): void {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${name.replace(/\W+/g, "-")}-${seed}-${index}.json`);
  writeFileSync(file, written({ target: name, ...input }));
  console.log(`kept as ${file}`);
}
