import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parsed } from "../scripts/fuzz/case.ts";
import { Random } from "../scripts/fuzz/random.ts";
import { targets } from "../scripts/fuzz/targets.ts";
import { root } from "./support/fixtures.ts";

const kept = join(root, "fixtures/fuzz");
const files = existsSync(kept) ? readdirSync(kept).filter((file) => file.endsWith(".json")) : [];

describe("what a run of npm run fuzz has found stays mended", () => {
  test.each(files)("%s", async (file) => {
    const input = parsed(readFileSync(join(kept, file), "utf8"));
    const target = targets.find(({ name }) => name === input.target);
    expect(target, `a target of ${file}`).toBeDefined();
    await target?.check(input);
  });
});

/** As many as each target does in half a second; `npm run fuzz` goes on with others. */
const COUNT: Readonly<Record<string, number>> = {
  "postgresql.conf": 100,
  "pg_hba.conf": 400,
  report: 15,
  fix: 30,
  hba: 60,
  "command line": 60,
};

describe("whatever the input, what has to hold does", () => {
  test.each(targets)("$name", async (target) => {
    for (let index = 0; index < (COUNT[target.name] ?? 200); index++)
      await target.check(target.make(new Random(0, target.name, index)));
  });
});
