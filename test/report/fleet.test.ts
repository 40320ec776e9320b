import { expect, test } from "vitest";
import type { Finding, Report } from "../../src/engine/report.ts";
import type { Severity } from "../../src/engine/rule.ts";
import { fleet, fleetMarkdown } from "../../src/report/fleet.ts";
import { counted } from "../../src/report/select.ts";
import { Tally } from "../../src/report/tally.ts";

const finding = (severity: Severity, rule: string): Finding => ({
  rule,
  severity,
  message: "m",
  path: "postgresql.conf",
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  help: "h",
});
const report = (...findings: Finding[]): Report =>
  counted({
    schema: 1,
    tool: { name: "pgconflint", version: "0.0.0" },
    target: {},
    files: [],
    findings,
    suppressed: 0,
    summary: { error: 0, warning: 0, info: 0 },
  });

const TRUST = finding("error", "access/trust-remote");
const FSYNC = finding("error", "durability/fsync-off");
const LOGS = finding("warning", "logging/rotation");
const REMARK = finding("info", "server/duplicate-setting");

/** 1,200 servers: two that stand out, one of them with a long name, some with a warning or a remark, most clean. */
function tallied() {
  const tally = new Tally();
  for (let at = 0; at < 1200; at++) {
    if (at === 700)
      tally.add(
        "eu-west/postgres/production/cluster-17/databases/orders-700",
        report(TRUST, TRUST, FSYNC, LOGS),
        40,
      );
    else if (at === 900) tally.add("db\u001b[2J-é", report(TRUST, REMARK), 40);
    else if (at === 901) tally.addNotChecked();
    else if (at % 100 === 3) tally.add(`db-${at}`, report(LOGS, LOGS), 40);
    else if (at % 2 === 0) tally.add(`db-${at}`, report(REMARK), 40);
    else tally.add(`db-${at}`, report(), 40);
  }
  return tally.result();
}

test("many servers as tables of eighty columns", () => {
  const text = fleet(tallied(), { unicode: false });
  expect(text).toBe(`1,200 servers: 2 with errors, 12 with warnings at worst,
  598 with remarks at worst, 587 clean, 1 not checked

Worst servers                                          errors  warnings     info
--------------------------------------------------------------------------------
...ostgres/production/cluster-17/databases/orders-700       3         1        0
db\\x1b[2J-\\xe9                                              1         0        1
db-3                                                        0         2        0
db-103                                                      0         2        0
db-203                                                      0         2        0
db-303                                                      0         2        0
db-403                                                      0         2        0
db-503                                                      0         2        0
db-603                                                      0         2        0
db-703                                                      0         2        0

Commonest errors and warnings                          servers   share  findings
--------------------------------------------------------------------------------
warning  logging/rotation                                   13    1.1%        25
error    access/trust-remote                                 2    0.2%         3
error    durability/fsync-off                                1    0.1%         1
`);
  const lines = fleet(tallied(), { unicode: true }).split("\n");
  expect(lines).toContain("─".repeat(80));
  expect(Math.max(...lines.map((line) => line.length))).toBe(80);
});

test("the same in Markdown, for a pull request", () => {
  expect(fleetMarkdown(tallied()).split("\n").slice(0, 6)).toEqual([
    "1,200 servers: 2 with errors, 12 with warnings at worst, 598 with remarks at worst, 587 clean, 1 not checked",
    "",
    "| Worst servers | errors | warnings | info |",
    "|---|--:|--:|--:|",
    "| `eu-west/postgres/production/cluster-17/databases/orders-700` | 3 | 1 | 0 |",
    "| `db\\x1b[2J-é` | 1 | 0 | 1 |",
  ]);
  expect(fleetMarkdown(tallied())).toContain("| warning | `logging/rotation` | 13 | 1.1% | 25 |");
});

test("remarks are in the table only where nothing is worse", () => {
  const tally = new Tally();
  for (const name of ["a", "b"]) tally.add(name, report(REMARK), 1);
  const text = fleet(tally.result(), { unicode: false });
  expect(text).toMatch(/^2 servers: 2 with remarks at worst\n\nCommonest remarks /);
  expect(text).toMatch(/^info {5}server\/duplicate-setting +2 +100\.0% +2$/m);
});

test("what a rule is called is the worst that it was on any server", () => {
  const tally = new Tally();
  tally.add("a", report({ ...TRUST, severity: "warning" }), 1);
  tally.add("b", report(TRUST), 1);
  expect(tally.result().commonest).toEqual([
    { rule: "access/trust-remote", severity: "error", servers: 2, findings: 2 },
  ]);
});
