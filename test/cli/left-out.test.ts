import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const WRONG = "work_mem = 64mb\n";
const bytes = (text: string) => new TextEncoder().encode(text);

/** What a check says: the files with an error, what it tells beside, and the exit code. */
async function check(cwd: string, paths: readonly string[], stdin?: string) {
  const { code, stdout, stderr } = await run(["check", "--format", "json", ...paths], {
    cwd,
    ...(stdin !== undefined && { stdin: () => bytes(stdin) }),
  });
  const findings: { path: string; severity: string }[] = stdout === "" ? [] : JSON.parse(stdout).findings;
  const wrong = findings.filter(({ severity }) => severity === "error").map(({ path }) => path);
  return { code, wrong: [...new Set(wrong)], stderr };
}

describe("what [check] exclude names", () => {
  const repository = (exclude: string) =>
    tree({
      "pgconflint.ini": `[check]\nexclude = ${exclude}\n`,
      "postgresql.conf": WRONG,
      "vendor/db/postgresql.conf": WRONG,
      "vendor/pgbouncer.ini": "[pgbouncer]\npool_mode = x\n",
      "db/test.sample.conf": WRONG,
    });
  const NOTHING = {
    code: 0,
    wrong: [],
    stderr: "pgconflint: nothing to check: excluded by pgconflint.ini\n",
  };

  test.each(["vendor/**", "vendor/", "vendor", "/vendor", "**/vendor/**, *.sample.conf"])(
    "as %s is not found in a directory",
    async (exclude) => {
      const cwd = repository(exclude);
      expect(await check(cwd, ["."])).toEqual({ code: 1, wrong: ["postgresql.conf"], stderr: "" });
      expect(await check(cwd, ["vendor"])).toEqual(NOTHING);
      expect(await check(cwd, ["vendor/db"])).toEqual(NOTHING);
    },
  );

  test("is not judged where a hook names it", async () => {
    const cwd = repository("vendor/**, *.sample.conf");
    const named = ["vendor/db/postgresql.conf", "vendor/pgbouncer.ini", "db/test.sample.conf"];
    expect(await check(cwd, named)).toEqual(NOTHING);
    expect(await check(cwd, [...named, "postgresql.conf"])).toEqual({
      code: 1,
      wrong: ["postgresql.conf"],
      stderr: "",
    });
    expect(await check(cwd, [join(cwd, "vendor/db/postgresql.conf")])).toEqual(NOTHING);
  });

  test("is not judged on standard input", async () => {
    const named = ["-", "--stdin-filename", "vendor/db/postgresql.conf"];
    expect(await check(repository("vendor"), named, WRONG)).toEqual(NOTHING);
  });

  test("counts from pgconflint.ini, wherever the run starts", async () => {
    const cwd = repository("vendor/db/*.conf");
    const stderr = "pgconflint: nothing to check: excluded by ../../pgconflint.ini\n";
    expect(await check(join(cwd, "vendor/db"), ["postgresql.conf"])).toEqual({ ...NOTHING, stderr });
    expect((await check(cwd, ["db/test.sample.conf"])).code).toBe(1);
  });

  test("does not count folders above pgconflint.ini", async () => {
    const cwd = tree({
      "vendor/pgconflint.ini": "[check]\nexclude = vendor\n",
      "vendor/postgresql.conf": WRONG,
    });
    expect((await check(join(cwd, "vendor"), ["."])).wrong).toEqual(["postgresql.conf"]);
  });

  test("is neither told about nor fixed where another file includes it, yet counts there", async () => {
    const cwd = tree({
      "pgconflint.ini": "[check]\nexclude = generated.conf\n",
      "postgresql.conf": "include 'generated.conf'\nmaintenance_work_mem = 1gb\n",
      "generated.conf": WRONG,
    });
    expect((await check(cwd, ["."])).wrong).toEqual(["postgresql.conf"]);
    await run(["check", "--fix"], { cwd });
    expect(readFileSync(join(cwd, "postgresql.conf"), "utf8")).toMatch(/1GB$/m);
    expect(readFileSync(join(cwd, "generated.conf"), "utf8")).toBe(WRONG);
  });

  test("does not help to judge the file beside it", async () => {
    const files = { "postgresql.conf": "ssl = off\n", "pg_hba.conf": "hostssl all all all scram-sha-256\n" };
    const rules = async (cwd: string) =>
      JSON.parse((await run(["check", "--format", "json", "pg_hba.conf"], { cwd })).stdout).findings.map(
        ({ rule }: { rule: string }) => rule,
      );
    const beside = await rules(tree(files));
    const alone = await rules(tree({ ...files, "pgconflint.ini": "[check]\nexclude = postgresql.conf\n" }));
    expect(beside).not.toEqual(alone);
    expect(alone).toEqual(await rules(tree({ "pg_hba.conf": files["pg_hba.conf"] })));
  });

  test("binds no other command", async () => {
    const cwd = tree({ "pgconflint.ini": "[check]\nexclude = db\n", "db/postgresql.conf": "port = 5433\n" });
    const { code, stdout } = await run(["show", "db"], { cwd });
    expect([code, stdout]).toEqual([0, expect.stringContaining("5433")]);
  });
});

describe("pgconflint.ini itself, as a hook names it", () => {
  test("is read as what it is", async () => {
    const cwd = tree({ "pgconflint.ini": "[target]\npostgres = 16\n", "postgresql.conf": WRONG });
    expect(await check(cwd, ["pgconflint.ini"])).toEqual({
      code: 0,
      wrong: [],
      stderr: "pgconflint: nothing to check: pgconflint.ini has no mistakes\n",
    });
    expect((await check(cwd, ["pgconflint.ini", "postgresql.conf"])).wrong).toEqual(["postgresql.conf"]);
  });

  test("is told where it is wrong, although it is not the one of this run", async () => {
    const cwd = tree({ "a/pgconflint.ini": "[target]\npostgres = 8\n" });
    expect(await check(cwd, ["a/pgconflint.ini"])).toEqual({
      code: 2,
      wrong: [],
      stderr:
        "pgconflint: a/pgconflint.ini:2:1: postgres = 8 is not a release from 10 to 18, such as 16 or 16.4\n",
    });
  });
});

describe("a template", () => {
  const TEMPLATES: readonly (readonly [string, string, string])[] = [
    ["postgresql.conf", "# ours\nmax_connections = {{ max_connections }}\n", "2:19"],
    ["postgresql.conf", "port = '{{ pg_port }}'  # x\n", "1:8"],
    ["postgresql.conf", "{%- if replica %}\nhot_standby = on\n{% endif %}\n", "1:1"],
    ["postgresql.conf", "shared_buffers = {{ .Values.memory }}\n", "1:18"],
    ["postgresql.conf", "port = <%= @port %>\n", "1:8"],
    ["pg_hba.conf", "host all all {{ network }} scram-sha-256\n", "1:14"],
    ["pgbouncer.ini", "[databases]\n{% for db in dbs %}\n{{ db }} = host=db1\n{% endfor %}\n", "2:1"],
  ];
  const what = "a template, with something still to be filled in";

  test.each(TEMPLATES)("of %s is told in one line: %j", async (path, text, place) => {
    expect(await check(tree({ [path]: text }), [path])).toEqual({
      code: 2,
      wrong: [],
      stderr: `pgconflint: ${path}:${place}: ${what}: check what becomes of it, or exclude it in pgconflint.ini\n`,
    });
  });

  test("in a directory is skipped, and does not help to judge what is beside", async () => {
    const cwd = tree({
      "a/postgresql.conf": "port = {{ port }}\n",
      "a/pg_hba.conf": "local all all scram\n",
      "b/postgresql.conf": WRONG,
    });
    const stderr = `pgconflint: a/postgresql.conf:1:8: ${what}; skipped\n`;
    expect(await check(cwd, ["."])).toEqual({
      code: 1,
      wrong: ["a/pg_hba.conf", "b/postgresql.conf"],
      stderr,
    });
    expect(await check(cwd, ["a/pg_hba.conf"])).toEqual({ code: 1, wrong: ["a/pg_hba.conf"], stderr });
  });

  test("alone in a directory is nothing to check", async () => {
    const { code, stderr } = await check(tree({ "a/postgresql.conf": "port = {{ port }}\n" }), ["a"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/; skipped\npgconflint: nothing to check: templates only\n$/);
  });

  test.each([
    "# {{ ansible_managed }}\nwork_mem = 64mb\n",
    "work_mem = 64mb  # {{ ansible_managed }}\n",
    "archive_command = 'docker inspect --format {{.Name}} pg'\nwork_mem = 64mb\n",
    "log_line_prefix = '{{%t}} '\nwork_mem = 64mb\n",
  ])("is not what only looks like one: %j", async (text) => {
    expect(await check(tree({ "postgresql.conf": text }), ["postgresql.conf"])).toEqual({
      code: 1,
      wrong: ["postgresql.conf"],
      stderr: "",
    });
  });
});

describe("a file that a postgresql.conf includes", () => {
  const cluster = () =>
    tree({
      "db/postgresql.conf": "shared_buffers = 1gb\ninclude_dir 'conf.d'\n",
      "db/conf.d/10-first.conf": WRONG,
      "db/conf.d/20-second.conf": "temp_buffers = 8mb\nmaintenance_work_mem = 1gb\n",
      "db/conf.d/30-last.conf": "maintenance_work_mem = 1GB\n",
      "db/conf.d/notes.txt": WRONG,
    });

  test("is judged there, and alone told about, where a hook names it", async () => {
    const cwd = cluster();
    for (const name of ["db/conf.d/20-second.conf", join(cwd, "db/conf.d/20-second.conf")]) {
      const { stdout } = await run(["check", "--format", "compact", name], { cwd });
      expect(stdout).toContain(`${name}:1:16: error server/invalid-number`);
      expect(stdout).toContain("1gb has no effect; ");
      for (const line of stdout.trim().split("\n")) expect(line).toContain("conf.d/20-second.conf:");
    }
    const below = await run(["check", "--format", "compact", "20-second.conf"], {
      cwd: join(cwd, "db/conf.d"),
    });
    expect(below.stdout).toContain("20-second.conf:1:16: error");
  });

  test("is one of several that are told about, with the main file or without", async () => {
    const named = ["db/conf.d/10-first.conf", "db/conf.d/20-second.conf"];
    expect((await check(cluster(), named)).wrong).toEqual(named);
    const all = await check(cluster(), [...named, "db/postgresql.conf"]);
    expect(all.wrong.toSorted()).toEqual([...named, "db/postgresql.conf"]);
  });

  test("is judged as it comes on standard input, whatever it is called from where it is", async () => {
    const cwd = join(cluster(), "db/conf.d");
    for (const name of ["20-second.conf", "./20-second.conf", join(cwd, "20-second.conf")]) {
      const { wrong } = await check(cwd, ["-", "--stdin-filename", name], "temp_buffers = 8MB\n");
      expect(wrong).toEqual([]);
    }
  });

  test("stands alone where nothing includes it", async () => {
    expect((await check(cluster(), ["db/conf.d/notes.txt"])).wrong).toEqual(["db/conf.d/notes.txt"]);
  });
});

test.each(["json", "sarif", "gitlab"])(
  "a run of which nothing is left is still a report as %s",
  async (format) => {
    const cwd = tree({ "pgconflint.ini": "[check]\nexclude = *.conf\n", "postgresql.conf": "port = x\n" });
    const { code, stdout } = await run(["postgresql.conf", "--format", format], { cwd });
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.findings ?? report.runs?.[0].results ?? report).toEqual([]);
  },
);
