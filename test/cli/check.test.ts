import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

/** Runs `check` in a folder; the findings as "line rule". */
async function check(cwd: string, ...args: string[]) {
  const { code, stdout, stderr } = await run(["check", "--format", "compact", ...args], { cwd });
  const found = [...stdout.matchAll(/^(.*?):(\d+):\d+: (\w+) (\S+)/gm)];
  return {
    code,
    stderr,
    found: found.map(([, path, line, severity, rule]) => `${path}:${line} ${severity} ${rule}`),
  };
}

const TWICE = "work_mem = 4MB\nwork_mem = 8MB\n";
const twice = (line: number, severity = "info") =>
  `conf.d/a.conf:${line} ${severity} server/duplicate-setting`;

describe("pgconflint.ini", () => {
  const withIni = (ini: string) => tree({ "conf.d/a.conf": TWICE, "pgconflint.ini": ini });

  test("gives rules another severity, and switches them off", async () => {
    expect(
      (await check(withIni("[rules]\nserver/duplicate-setting = error\n"), "conf.d/a.conf")).found,
    ).toEqual([twice(1, "error")]);
    expect((await check(withIni("[rules]\nserver/* = off\n"), "conf.d/a.conf")).found).toEqual([]);
  });

  test("lets a rule's own id win over its topic, and a path over both", async () => {
    const ini = "[rules]\nserver/duplicate-setting = warning\nserver/* = off\n";
    expect((await check(withIni(ini), "conf.d/a.conf")).found).toEqual([twice(1, "warning")]);
    const off = `${ini}[paths]\nconf.d/* = server/duplicate-setting:off\n`;
    expect((await check(withIni(off), "conf.d/a.conf")).found).toEqual([]);
    const elsewhere = `${ini}[paths]\nstandby/** = server/duplicate-setting:off\n`;
    expect((await check(withIni(elsewhere), "conf.d/a.conf")).found).toEqual([twice(1, "warning")]);
  });

  test("says when to fail; the command line has the last word", async () => {
    const ini = "[check]\nfail_on = info\n";
    expect((await check(withIni(ini), "conf.d/a.conf")).code).toBe(1);
    expect((await check(withIni(ini), "conf.d/a.conf", "--fail-on", "error")).code).toBe(0);
    const few = withIni("[rules]\nserver/duplicate-setting = warning\n[check]\nmax_warnings = 0\n");
    expect((await check(few, "conf.d/a.conf")).code).toBe(1);
    expect((await check(few, "conf.d/a.conf", "--max-warnings", "1")).code).toBe(0);
  });

  test("names a rule that does not exist, with its place", async () => {
    const { code, stderr } = await check(
      withIni("[rules]\nserver/duplicate-settings = off\n"),
      "conf.d/a.conf",
    );
    expect([code, stderr]).toEqual([
      2,
      `pgconflint: pgconflint.ini:2:1: there is no rule server/duplicate-settings; did you mean server/duplicate-setting?\n`,
    ]);
  });
});

describe("a baseline", () => {
  test("holds what is known, however lines move, and tells what is new", async () => {
    const cwd = tree({ "conf.d/a.conf": TWICE });
    const args = ["conf.d/a.conf", "--baseline", "known.json"];
    expect(await check(cwd, ...args, "--update-baseline")).toEqual({
      code: 0,
      stderr: "pgconflint: known.json: 1 finding recorded\n",
      found: [],
    });
    writeFileSync(join(cwd, "conf.d/a.conf"), `# moved\n\n${TWICE}`);
    expect((await check(cwd, ...args)).found).toEqual([]);
    writeFileSync(join(cwd, "conf.d/a.conf"), `work_mem = 2MB\n${TWICE}`);
    expect((await check(cwd, ...args)).found).toEqual([twice(1)]);
    expect((await check(join(cwd, "conf.d"), "a.conf", "--baseline", "../known.json")).found).toEqual([
      "a.conf:1 info server/duplicate-setting",
    ]);
  });

  test("knows a finding as often as it was recorded", async () => {
    const cwd = tree({ "conf.d/a.conf": TWICE });
    const args = ["conf.d/a.conf", "--baseline", "known.json"];
    await check(cwd, ...args, "--update-baseline");
    writeFileSync(join(cwd, "conf.d/a.conf"), `work_mem = 4MB\n${TWICE}`);
    expect((await check(cwd, ...args)).found).toEqual([twice(2)]);
  });

  test("has no secrets", async () => {
    const cwd = tree({ "pg_hba.conf": "host all all 10.0.0.0/8 ldap ldapbindpasswd=hunter2\n" });
    await check(cwd, "pg_hba.conf", "--baseline", "known.json", "--update-baseline");
    const known = readFileSync(join(cwd, "known.json"), "utf8");
    expect(known).toContain("pg_hba.conf");
    expect(known).not.toContain("hunter2");
  });

  test.each([
    ["known.json", "{", "not a baseline of pgconflint; --update-baseline writes a new one"],
    [
      "known.json",
      '{ "schema": 2, "findings": [] }',
      "not a baseline of pgconflint; --update-baseline writes a new one",
    ],
    ["none.json", "", "No such file or directory; --update-baseline writes it"],
  ])("%s with %j is refused in one line", async (name, text, why) => {
    const cwd = tree({ "conf.d/a.conf": TWICE, "known.json": text });
    const { code, stderr } = await check(cwd, "conf.d/a.conf", "--baseline", name);
    expect([code, stderr]).toEqual([2, `pgconflint: ${name}: ${why}\n`]);
  });
});

describe("the host", () => {
  test.each([
    [["--memory", "lots"], "--memory lots: not a size, such as 32GB"],
    [["--cpus", "0"], "--cpus 0: not a number of processors, such as 8, 0.5 or 500m"],
    [["--disk", "sdd"], "--disk sdd: not one of ssd, nvme, hdd, network; did you mean ssd?"],
    [["--host", "that"], "--host that: not one of this"],
  ])("%j is refused in one line", async (args, complaint) => {
    const { code, stderr } = await check(tree({ "conf.d/a.conf": TWICE }), "conf.d/a.conf", ...args);
    expect([code, stderr]).toEqual([2, `pgconflint: ${complaint}\n`]);
  });
});

test("--timing tells how long each rule took, on standard error", async () => {
  const { stderr } = await check(tree({ "conf.d/a.conf": TWICE }), "conf.d/a.conf", "--timing");
  expect(stderr).toMatch(/^ +\d+\.\d\d ms {3}[ \d]+\.\d % {2}server\/duplicate-setting$/m);
  expect(stderr).toMatch(/all rules\n$/);
});
