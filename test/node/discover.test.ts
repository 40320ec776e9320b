import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findServers } from "../../src/node/discover.ts";
import { filesOn, openDisk } from "../../src/node/disk.ts";
import { tree } from "../support/tree.ts";

/** The servers that paths mean: the files of each, those asked about where not all are, and the release. */
function found(cwd: string, ...paths: string[]): string[] {
  const warnings: string[] = [];
  const servers = findServers(paths, openDisk(cwd), (line) => warnings.push(line));
  const lines = servers.map(({ roots, asked, fragment, postgres }) => {
    const only = asked.join() === roots.join() ? "" : ` for ${asked.join(" ")}`;
    const version = postgres ? `, ${postgres.version} from ${postgres.from}` : "";
    return `${fragment ? "fragment " : ""}${roots.join(" ")}${only}${version}`.replaceAll(cwd, "CWD");
  });
  return [...lines, ...warnings];
}

describe("a directory", () => {
  test("of data is one server, main file first, and tells the release", () => {
    const cwd = tree({
      "data/PG_VERSION": "16\n",
      "data/pg_hba.conf": "",
      "data/pg_ident.conf": "",
      "data/postgresql.auto.conf": "",
      "data/postgresql.conf": "",
      "data/standby.signal": "",
      "data/base/1/pg_hba.conf": "",
      "data/log/postgresql.conf": "",
      "data/pg_wal/postgresql.conf": "",
    });
    const files = "postgresql.conf postgresql.auto.conf pg_hba.conf pg_ident.conf standby.signal".split(" ");
    const server = (folder: string) => files.map((name) => `${folder}${name}`).join(" ");
    expect(found(join(cwd, "data"), ".")).toEqual([`${server("")}, 16 from PG_VERSION`]);
    expect(found(cwd, "./data//")).toEqual([`${server("./data/")}, 16 from PG_VERSION`]);
  });

  test("of Debian: the data directory's files belong to the server, and are not found twice", () => {
    const cwd = tree({
      "etc/postgresql/15/main/pg_hba.conf": "",
      "var/lib/postgresql/15/main/PG_VERSION": "15\n",
      "var/lib/postgresql/15/main/postgresql.auto.conf": "",
    });
    const etc = "etc/postgresql/15/main";
    writeFileSync(
      join(cwd, etc, "postgresql.conf"),
      `data_directory = '${cwd}/var/lib/postgresql/15/main'\nhba_file = '${cwd}/${etc}/pg_hba.conf'\n`,
    );
    const auto = "CWD/var/lib/postgresql/15/main/postgresql.auto.conf";
    const server = `${etc}/postgresql.conf ${etc}/pg_hba.conf ${auto}, 15 from PG_VERSION`;
    expect(found(cwd, "etc/postgresql")).toEqual([server]);
    expect(found(cwd, ".")).toEqual([server]);
    expect(found(cwd, `${etc}/postgresql.conf`)).toEqual([
      server.replace(",", ` for ${etc}/postgresql.conf,`),
    ]);
  });

  test("of Debian: the signal of a standby is in its data directory", () => {
    const cwd = tree({ "data/standby.signal": "" });
    writeFileSync(join(cwd, "postgresql.conf"), `data_directory = '${cwd}/data'\n`);
    expect(found(cwd, "postgresql.conf")).toEqual([
      "postgresql.conf CWD/data/standby.signal for postgresql.conf",
    ]);
  });

  test.each([
    ["etc/postgresql/14/main", "14"],
    ["var/lib/pgsql/13/data", "13"],
    ["opt/homebrew/var/postgresql@17", "17"],
    ["usr/pgsql-12", "12"],
    ["srv/pg16/conf", "16"],
    ["etc/postgresql/9.6/main", undefined],
    ["backup/99/main", undefined],
  ])("named %s tells release %s", (folder, version) => {
    const cwd = tree({ [`${folder}/postgresql.conf`]: "" });
    expect(found(cwd, folder)).toEqual([
      `${folder}/postgresql.conf${version ? `, ${version} from path` : ""}`,
    ]);
  });

  test("of a repository is searched, but for .git, node_modules and what Kubernetes links to", () => {
    const cwd = tree({
      ".git/postgresql.conf": "",
      "node_modules/x/postgresql.conf": "",
      "pool/pgbouncer.ini": "",
      "pool/userlist.txt": "",
      "base/postgresql.conf": "",
      "b/pg_hba.conf": "",
      "k8s/..2026_11_21/postgresql.conf": "",
    });
    symlinkSync("..2026_11_21", join(cwd, "k8s/..data"));
    symlinkSync("..data/postgresql.conf", join(cwd, "k8s/postgresql.conf"));
    symlinkSync("..", join(cwd, "b/up"));
    expect(found(cwd, ".")).toEqual([
      "b/pg_hba.conf",
      "base/postgresql.conf",
      "k8s/postgresql.conf",
      "pool/pgbouncer.ini pool/userlist.txt",
    ]);
  });

  test("without any configuration is a mistake", () => {
    expect(() => found(tree({ "conf.d/memory.conf": "" }), "conf.d")).toThrow(
      "conf.d: none of postgresql.conf, pg_hba.conf, pg_ident.conf, pgbouncer.ini, userlist.txt is in it or below it; name other files one by one",
    );
  });

  test("given twice, or with one above it or a file of it, is looked at once", () => {
    const cwd = tree({ "a/postgresql.conf": "", "a/pg_hba.conf": "", "a/x.conf": "" });
    const server = "a/postgresql.conf a/pg_hba.conf";
    expect(found(cwd, "a", ".", "./a", "a/pg_hba.conf")).toEqual([server.replaceAll("a/", "./a/")]);
    expect(found(cwd, "a", "a/x.conf")).toEqual([server, "fragment a/x.conf"]);
  });
});

describe("hba_file and ident_file", () => {
  test("put another file in the place of the one beside, which is then looked at alone", () => {
    const cwd = tree({
      "postgresql.conf": "include 'where.conf'\n",
      "where.conf": "hba_file = 'hba/prod.conf'\nident_file = 'nowhere.conf'\n",
      "hba/prod.conf": "",
      "pg_hba.conf": "",
      "pg_ident.conf": "",
    });
    expect(found(cwd, ".")).toEqual(["postgresql.conf pg_ident.conf ./hba/prod.conf", "pg_hba.conf"]);
  });

  test("that name the file beside change nothing", () => {
    const cwd = tree({ "postgresql.conf": "hba_file = 'pg_hba.conf'\n", "pg_hba.conf": "" });
    expect(found(cwd, ".")).toEqual(["postgresql.conf pg_hba.conf"]);
  });
});

describe("copies of hosts", () => {
  const debian = (host: string, work: string) => ({
    [`${host}/etc/postgresql/16/main/postgresql.conf`]: `data_directory = '/var/lib/postgresql/16/main'
hba_file = '/etc/postgresql/16/main/pg_hba.conf'
`,
    [`${host}/etc/postgresql/16/main/pg_hba.conf`]: "local all all peer\n",
    [`${host}/var/lib/postgresql/16/main/PG_VERSION`]: "15\n",
    [`${host}/var/lib/postgresql/16/main/postgresql.auto.conf`]: `work_mem = '${work}'\n`,
    [`${host}/etc/pgbouncer/pgbouncer.ini`]: "[pgbouncer]\nauth_file = /etc/pgbouncer/userlist.txt\n",
    [`${host}/etc/pgbouncer/userlist.txt`]: '"app" "md50123456789abcdef0123456789abcdef"\n',
  });

  test("what a host's file names by its whole path is looked for in the copy, and nowhere else", () => {
    const cwd = tree({ ...debian("db1", "8MB"), ...debian("db2", "16MB") });
    const server = (host: string) => {
      const [etc, data] = [`${host}/etc/postgresql/16/main`, `${host}/var/lib/postgresql/16/main`];
      const files = [`${etc}/postgresql.conf`, `${etc}/pg_hba.conf`, `${data}/postgresql.auto.conf`];
      return `${files.join(" ")}, 15 from PG_VERSION`;
    };
    const pooler = (host: string) => `${host}/etc/pgbouncer/pgbouncer.ini ${host}/etc/pgbouncer/userlist.txt`;
    expect(found(cwd, ".").toSorted()).toEqual(
      ["db1", "db2"].flatMap((host) => [pooler(host), server(host)]),
    );
    const [inside] = found(join(cwd, "db2/etc/postgresql/16/main"), ".");
    expect(inside).toMatch(/db2\/var\/lib\/postgresql\/16\/main\/postgresql\.auto\.conf/);
  });

  test("a file that a copy names is read from the copy", () => {
    const cwd = tree({ ...debian("db1", "8MB"), ...debian("db2", "16MB") });
    const files = filesOn(openDisk(cwd), ["db2/etc/pgbouncer/pgbouncer.ini"]);
    expect(files.read("/etc/pgbouncer/userlist.txt")).toMatchObject({
      path: "db2/etc/pgbouncer/userlist.txt",
    });
    expect(files.read("/etc/passwd")).toBe("No such file or directory");
    const here = filesOn(openDisk("/"), [`${cwd}/db1/etc/postgresql/16/main/pg_hba.conf`]);
    expect(here.has("/etc/passwd")).toBe(true);
  });
});

describe("files named one by one", () => {
  const files = { "postgresql.conf": "", "pg_hba.conf": "", "pgbouncer.ini": "", "userlist.txt": "" };

  test("are judged among the neighbours of their own server", () => {
    expect(found(tree(files), "./pg_hba.conf")).toEqual(["postgresql.conf ./pg_hba.conf for ./pg_hba.conf"]);
    expect(found(tree(files), "userlist.txt")).toEqual(["pgbouncer.ini userlist.txt for userlist.txt"]);
  });

  test("of one directory are one server; fragments come last and stand alone", () => {
    const cwd = tree({ ...files, "conf.d/10.conf": "", "pg_hba.conf.tmpl": "" });
    expect(found(cwd, "conf.d/10.conf", "pg_hba.conf.tmpl", "pg_hba.conf", "postgresql.conf")).toEqual([
      "postgresql.conf pg_hba.conf",
      "fragment conf.d/10.conf",
      "fragment pg_hba.conf.tmpl",
    ]);
  });

  test("of any name belong to the server that includes them, in a folder above or beside", () => {
    const cwd = tree({
      "etc/postgresql/16/main/postgresql.conf": "include_dir 'conf.d'\n",
      "etc/postgresql/16/main/pg_hba.conf": "",
      "etc/postgresql/16/main/conf.d/10.conf": "",
      "etc/postgresql/16/main/conf.d/20.conf": "",
      "etc/postgresql/16/main/conf.d/20.conf.old": "",
      "pool/pgbouncer.ini": "[databases]\n%include conf/dbs.ini\n",
      "pool/conf/dbs.ini": "",
    });
    const main = "etc/postgresql/16/main";
    const server = `${main}/postgresql.conf ${main}/pg_hba.conf`;
    const named = (...names: string[]) => found(cwd, ...names.map((name) => `${main}/${name}`));
    const told = (...names: string[]) => [
      `${server} for ${names.map((name) => `${main}/${name}`).join(" ")}, 16 from path`,
    ];
    expect(named("conf.d/10.conf")).toEqual(told("conf.d/10.conf"));
    expect(named("conf.d/20.conf", "conf.d/10.conf", "pg_hba.conf")).toEqual(
      told("pg_hba.conf", "conf.d/20.conf", "conf.d/10.conf"),
    );
    expect(named("conf.d/20.conf.old")).toEqual([`fragment ${main}/conf.d/20.conf.old, 16 from path`]);
    expect(found(join(cwd, main, "conf.d"), "10.conf")).toEqual([
      "../postgresql.conf ../pg_hba.conf for ../conf.d/10.conf, 16 from path",
    ]);
    // PgBouncer reads it from where it is started.
    expect(found(join(cwd, "pool"), "conf/dbs.ini")).toEqual(["pgbouncer.ini for conf/dbs.ini"]);
  });

  test("that are not there are told in the system's words", () => {
    expect(() => found(tree({}), "nosuch.conf")).toThrow("nosuch.conf: No such file or directory");
    expect(() => found(tree({}), "")).toThrow('"": No such file or directory');
  });
});

// Permissions say nothing to root.
test.skipIf(process.getuid?.() === 0)("directories that may not be listed are told", () => {
  const cwd = tree({ "a/postgresql.conf": "", "b/postgresql.conf": "" });
  execFileSync("chmod", ["0", join(cwd, "b")]);
  expect(found(cwd, ".")).toEqual(["a/postgresql.conf", "b: Permission denied; skipped"]);
  expect(() => found(cwd, "b")).toThrow("b: Permission denied");
});
