import { expect, test } from "vitest";
import { linesDropped, NAME_FILES, randomPoolerLines } from "../../scripts/conformance/pooler-lines.ts";
import { installedPooler } from "../../scripts/conformance/pooler-oracle.ts";
import { readHba } from "../../src/index.ts";

const pooler = installedPooler();

test.runIf(pooler)(
  `PgBouncer ${pooler ?? "(skipped: none is installed)"} agrees on the lines of auth_hba_file that it drops, 1,000 of them`,
  { timeout: 60_000 },
  async () => {
    const lines = randomPoolerLines(1000, 7);
    const { rows } = readHba({
      files: [
        { path: "hba.conf", text: `${lines.join("\n")}\n` },
        ...Object.entries(NAME_FILES).map(([path, text]) => ({ path, text })),
      ],
      target: { pgbouncer: pooler ?? "" },
      dialect: "pgbouncer",
    });
    const ours = rows.filter((row) => "error" in row).map(({ line_number }) => line_number);
    const theirs = await linesDropped(lines);
    const shown = (numbers: readonly number[]) => numbers.map((number) => lines[number - 1]);
    expect(shown(ours)).toEqual(shown(theirs));
    expect(theirs.length).toBeGreaterThan(300);
    expect(theirs.length).toBeLessThan(900);
  },
);
