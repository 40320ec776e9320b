import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pgconflint, scratch } from "../support/cli.ts";

test("of many servers only the values stay in memory", () => {
  const cwd = scratch();
  const comment = `# ${"x".repeat(1_000_000)}\n`;
  for (let number = 0; number < 120; number++) {
    const directory = join(cwd, `db${number}`);
    mkdirSync(directory);
    writeFileSync(
      join(directory, "postgresql.conf"),
      `${comment}work_mem = ${number === 7 ? 8 : 4}MB\nlog_line_prefix = '%m [%p] of server number ${number}'\n`,
    );
    writeFileSync(join(directory, "pg_hba.conf"), "local all all peer\n");
  }
  const env = { NODE_OPTIONS: "--max-old-space-size=48" };
  const words = ["compare", "--group", ".", "--ignore", "log_line_prefix"];
  const { code, stdout, stderr } = pgconflint(words, { cwd, env });
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toBe(`.  120 servers

Different from most
  SETTING   MOST HAVE         INSTEAD  CHANGE TAKES     WHERE
  work_mem  4MB (119 of 120)  8MB      session, reload  db7 postgresql.conf:2

1 of 120 servers deviates: 1 setting differs
`);
});
