// The hooks as users have them: pre-commit clones this project, installs it, and runs it at a commit.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRepository, Repository, snippets } from "../support/repository.ts";

const isThere = spawnSync("pre-commit", ["--version"]).status === 0;
const [FROM_GUIDE = "", OWN_HOOK = ""] = snippets("hooks-and-ci.md", "# .pre-commit-config.yaml");
/** Builds and packages from npm, on a machine that may have other work. */
const INSTALLS = 300_000;

describe.skipIf(!isThere)(
  `pre-commit${isThere ? "" : "; skipped: it is not installed"}`,
  { timeout: INSTALLS },
  () => {
    const scratch = mkdtempSync(join(tmpdir(), "pgconflint-pre-commit-"));
    const env = { PRE_COMMIT_HOME: join(scratch, "store"), npm_config_prefer_offline: "true" };
    let project = { folder: "", commit: "" };

    /** The guide's configuration with this project as it is now. */
    const configured = (change = (config: string) => config) => ({
      ".pre-commit-config.yaml": change(
        FROM_GUIDE.replace("https://github.com/pgconflint/pgconflint", project.folder).replace(
          "v0.1.0",
          project.commit,
        ),
      ),
    });
    const fixing = (config: string) => config.replace("id: pgconflint", "id: pgconflint-fix");
    const compact = (config: string) => config.replace(/args: .*/, "args: [--format, compact]");

    function repository(files: Readonly<Record<string, string>>) {
      const made = new Repository(files, env);
      made.run("pre-commit", "install");
      return made;
    }

    beforeAll(() => {
      project = projectRepository();
    }, INSTALLS);
    afterAll(() => {
      for (const folder of [scratch, project.folder]) rmSync(folder, { recursive: true, force: true });
    }, INSTALLS);

    test("installs from a clone that has no dist/ and no history", () => {
      const { code, output } = repository(configured()).run("pre-commit", "install-hooks");
      expect(code, output).toBe(0);
    });

    test("stops a bad commit with the finding, and lets a good one pass", () => {
      const db = repository(configured());
      const bad = db.commit({ "db/postgresql.conf": "port = 5432\nwork_mem = 64mb\n" });
      expect(bad.code).toBe(1);
      expect(bad.output).toContain('work_mem = 64mb: there is no unit "mb"');
      expect(bad.output).toContain("db/postgresql.conf:2:12");
      const good = db.commit({ "db/postgresql.conf": "port = 5432\nwork_mem = 64MB\n" });
      expect(good.output).toMatch(/PostgreSQL and PgBouncer configuration\.+Passed/);
      expect(good.code).toBe(0);
    });

    test("judges what is staged, not what is on the disk", () => {
      const db = repository(configured());
      db.write({ "postgresql.conf": "work_mem = 64MB\n" });
      db.run("git", "add", "-A");
      db.write({ "postgresql.conf": "work_mem = 64mb\n" });
      expect(db.run("git", "commit", "-m", "good").code).toBe(0);
    });

    test("judges pg_hba.conf with the postgresql.conf beside it, and tells about the former alone", () => {
      const db = repository(configured());
      expect(db.commit({ "db/postgresql.conf": "ssl = off\n" }).code).toBe(0);
      const { code, output } = db.commit({ "db/pg_hba.conf": "hostssl all all 10.0.0.0/8 scram-sha-256\n" });
      expect(code).toBe(1);
      expect(output).toContain("ssl is off, so this hostssl record never matches.");
      expect(output).toContain(" in 1 file: ");
    });

    test("judges a file of conf.d with the postgresql.conf that includes it", () => {
      const db = repository(configured(compact));
      const files = {
        "postgres/postgresql.conf": "include_dir 'conf.d'\n",
        "postgres/conf.d/20-last.conf": "work_mem = 8MB\n",
      };
      expect(db.commit(files).code).toBe(0);
      const { output } = db.commit({
        "postgres/conf.d/10-first.conf": "temp_buffers = 8mb\nwork_mem = 1GB\n",
      });
      expect(output).toContain("postgres/conf.d/10-first.conf:1:16: error server/invalid-number");
      expect(output).toContain("postgres/conf.d/10-first.conf:2:1: info server/duplicate-setting");
      expect(output).not.toMatch(/^postgres\/(?!conf\.d\/10)/m);
    });

    test("is silent about what pgconflint.ini excludes, and tells a mistake in pgconflint.ini", () => {
      const db = repository(configured());
      const ini = (exclude: string) => ({
        "pgconflint.ini": `[check]\n${exclude} = vendor/**, *.sample.conf\n`,
      });
      const wrong = {
        "vendor/postgresql.conf": "work_mem = 64mb\n",
        "postgresql.sample.conf": "port = {{ port }}\n",
      };
      const mistake = db.commit({ ...wrong, ...ini("exlude") });
      expect([mistake.code, mistake.output]).toEqual([
        1,
        expect.stringContaining('pgconflint.ini:2:1: unknown key "exlude" in [check]; did you mean exclude?'),
      ]);
      const { code, output } = db.commit({ ...wrong, ...ini("exclude") });
      expect([code, output]).toEqual([0, expect.stringMatching(/configuration\.+Passed/)]);
    });

    test("fixes: the commit that it changes is stopped, the next one passes", () => {
      const db = repository(configured(fixing));
      const first = db.commit({ "postgresql.conf": "work_mem = 64mb\n" });
      expect(first.code).toBe(1);
      expect(first.output).toContain("files were modified by this hook");
      expect(first.output).toContain("1 fix in 1 file");
      expect(db.commit({}).code).toBe(0);
      expect(db.committed("postgresql.conf")).toBe("work_mem = 64MB\n");
    });

    test("takes the files that are configuration by their names, and no others", () => {
      const taken = [
        "conf/pg_hba.prod.conf",
        "data/recovery.conf",
        "db/etc/postgresql/16/main/conf.d/10-memory.conf",
        "db/hba.conf",
        "db/pg_ident.conf",
        "db/postgresql-16.conf",
        "docker/my-postgres.conf",
        "pg16/conf.d/local.conf",
        "pgbouncer/databases.ini",
        "pool/pgbouncer-rw.ini",
        "pool/userlist.txt",
        "postgresql.auto.conf",
        "roles/postgres/files/postgresql.conf",
      ];
      const passed = [
        "conf.d/nginx.conf",
        "etc/supervisor/conf.d/postgres.conf",
        "etc/tmpfiles.d/postgresql.conf",
        "identity.conf",
        "logstash/postgresql.conf",
        "nginx/conf.d/site.conf",
        "notes/postgresql.md",
        "pg_hba.conf.j2",
        "pgadmin/conf.d/nginx.conf",
        "pgbackrest/conf.d/main.conf",
        "php.ini",
        "roles/postgres/templates/postgresql.conf.j2",
      ];
      const nonsense = Object.fromEntries([...taken, ...passed].map((path) => [path, "] non [sense\n"]));
      const json = (config: string) => config.replace(/args: .*/, "args: [--format, json]");
      const db = repository({ ...configured(json), ...nonsense });
      db.run("git", "add", "-A");
      const { output } = db.run("pre-commit", "run", "--all-files");
      const report: { files: { path: string }[] } = JSON.parse(output.slice(output.indexOf("\n{\n")));
      expect(report.files.map(({ path }) => path).sort()).toEqual(taken);
    });

    test("run on all files looks at every one, however many command lines they need", () => {
      const folder = (at: number) => `${String(at).padStart(4, "0")}-${"x".repeat(200)}`;
      const files = Object.fromEntries(
        Array.from({ length: 700 }, (_, at) => [
          `${folder(at)}/postgresql.conf`,
          `work_mem = ${at % 300 === 0 ? "64mb" : "64MB"}\n`,
        ]),
      );
      const db = repository({ ...configured(fixing), ...files });
      db.run("git", "add", "-A");
      const { output } = db.run("pre-commit", "run", "--all-files");
      // One line a process.
      expect(output.match(/^pgconflint: \d+ fix/gm)?.length).toBeGreaterThan(1);
      const changed = db.run("git", "diff", "--name-only").output.trim().split("\n");
      expect(changed).toEqual([0, 300, 600].map((at) => `${folder(at)}/postgresql.conf`));
    });

    test("installs as pre-commit from 4.6 on asks npm to", () => {
      const anywhere = new Repository();
      const prefix = join(scratch, "global");
      const options = ["--install-links", "--prefer-offline", "--global", "--prefix", prefix];
      const { code, output } = anywhere.run("npm", "install", ...options, `git+file://${project.folder}`);
      expect(code, output).toBe(0);
      anywhere.write({ "postgresql.conf": "work_mem = 64mb\n" });
      expect(anywhere.run(join(prefix, "bin/pgconflint")).output).toContain("postgresql.conf:1:12");
    });

    test("runs the guide's hook of one's own", () => {
      const db = repository({ ".pre-commit-config.yaml": OWN_HOOK });
      db.linkProgram();
      expect(db.commit({ "db/x.conf": "work_mem = 64mb\n" })).toEqual({
        code: 1,
        output: expect.stringContaining("db/x.conf:1:12"),
      });
      expect(db.commit({ "db/x.conf": "work_mem = 64MB\n" }).code).toBe(0);
    });
  },
);
