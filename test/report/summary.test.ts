import { expect, test } from "vitest";
import type { Finding, Report } from "../../src/engine/report.ts";
import { compact } from "../../src/report/compact.ts";
import { json } from "../../src/report/json.ts";
import { mergeReports, onlyFiles } from "../../src/report/select.ts";
import { summary } from "../../src/report/summary.ts";

const finding = (path: string, severity: Finding["severity"], message = "m"): Finding => ({
  rule: "server/syntax-error",
  severity,
  message,
  path,
  line: 3,
  column: 7,
  endLine: 3,
  endColumn: 9,
  help: "h",
});

const report = (
  target: Report["target"],
  findings: readonly Finding[],
  files: readonly string[] = ["a.conf"],
  suppressed = 0,
): Report => ({
  schema: 1,
  tool: { name: "pgconflint", version: "0.0.0" },
  target,
  files: files.map((path) => ({ path, kind: "postgresql.conf" })),
  findings,
  suppressed,
  summary: {
    error: findings.filter(({ severity }) => severity === "error").length,
    warning: findings.filter(({ severity }) => severity === "warning").length,
    info: findings.filter(({ severity }) => severity === "info").length,
  },
});

test.each([
  [{ version: "17", from: "PG_VERSION" }, "PostgreSQL 17 (from PG_VERSION)"],
  [{ version: "18", from: "default" }, "PostgreSQL 18 (the newest, as nothing says otherwise)"],
  [{ version: "16", from: "comment" }, "PostgreSQL 16 (from a comment in the file)"],
  [{ version: "15", from: "path" }, "PostgreSQL 15 (from the path)"],
  [{ version: "15, 16", from: "path, PG_VERSION" }, "PostgreSQL 15, 16 (from the path, from PG_VERSION)"],
])("the last line tells what was looked at, and who says which release: %j", (postgres, words) => {
  expect(summary(report({ postgres }, []), { settings: 412, rules: 87 })).toBe(
    `0 findings in 1 file: 412 settings, 87 rules, ${words}\n`,
  );
});

test("the last line says what is known of the host and by whom, and what is suppressed", () => {
  const host = {
    memory: { value: 32 * 1024 ** 3, from: "--memory" },
    cpus: { value: 1, from: "comment" },
    disk: { value: "ssd", from: "pgconflint.ini" },
  } as const;
  expect(summary(report({ host }, [], ["a.conf"], 2), { settings: 1, rules: 1 })).toBe(
    "0 findings in 1 file: 1 setting, 1 rule, host with 32GB (--memory), 1 CPU (from a comment in the file), ssd (pgconflint.ini), 2 suppressed\n",
  );
});

test("what one origin says of the host is told at once, and what hardly matters not at all", () => {
  const from = "pgconflint.ini";
  const host = {
    memory: { value: 32 * 1024 ** 3, from },
    share: { value: 0.5, from },
    swap: { value: 0, from },
    cpus: { value: 0.5, from: "/sys/fs/cgroup/cpu.max" },
    walDisk: { value: 100 * 1024 ** 3, from },
    container: { value: true, from },
    os: { value: "linux", from },
  } as const;
  const said = (known: Report["target"]["host"]) =>
    summary(report({ host: known }, []), { settings: 1, rules: 1 }).split("1 rule")[1];
  expect(said(host)).toBe(
    ", host with 32GB, 50% of it for PostgreSQL, 100GB for pg_wal and a container (pgconflint.ini), 0.5 CPUs (/sys/fs/cgroup/cpu.max)\n",
  );
  expect(said({ os: host.os, container: { value: false, from } })).toBe("\n");
});

test("the last line counts what was found", () => {
  const pgbouncer = { version: "1.25", from: "--pgbouncer" };
  const findings = [finding("a", "error"), finding("a", "error"), finding("a", "info")];
  expect(summary(report({ pgbouncer }, findings, ["a", "b"]), { settings: 1, rules: 1 })).toBe(
    "3 findings (2 errors, 1 info) in 2 files: 1 setting, 1 rule, PgBouncer 1.25 (from --pgbouncer)\n",
  );
});

test("compact is one line a finding, whatever the message", () => {
  const findings = [finding("a b.conf", "error", "one\ntwo \u001b[2J"), finding("é.conf", "info")];
  expect(compact(report({}, findings))).toBe(
    "a b.conf:3:7: error server/syntax-error one\\x0atwo \\x1b[2J\né.conf:3:7: info server/syntax-error m\n",
  );
  expect(compact(report({}, []))).toBe("");
});

test("JSON is the report as it is", () => {
  const all = report({}, [finding("a.conf", "error")]);
  expect(json(all)).toBe(`${JSON.stringify(all, null, 2)}\n`);
});

test("several servers make one report", () => {
  const merged = mergeReports([
    report({ postgres: { version: "15", from: "path" } }, [finding("a.conf", "error")], ["a.conf"], 1),
    report({ postgres: { version: "16", from: "path" } }, [finding("b.conf", "info")], ["b.conf"], 1),
  ]);
  expect(merged).toMatchObject({
    target: { postgres: { version: "15, 16", from: "path" } },
    files: [{ path: "a.conf" }, { path: "b.conf" }],
    suppressed: 2,
    summary: { error: 1, warning: 0, info: 1 },
  });
});

test("what nobody asked about is left out, and not counted", () => {
  const all = report({}, [finding("a.conf", "error"), finding("b.conf", "info")], ["a.conf", "b.conf"]);
  expect(onlyFiles(all, new Set(["b.conf"]))).toMatchObject({
    files: [{ path: "b.conf" }],
    findings: [{ path: "b.conf" }],
    summary: { error: 0, warning: 0, info: 1 },
  });
});
