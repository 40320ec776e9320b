import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { root } from "../support/fixtures.ts";
import { tree } from "../support/tree.ts";

const isThere = (program: string) => spawnSync(program, ["--version"]).status === 0;
const ansible = isThere("ansible-playbook");
const yamllint = isThere("yamllint");
const SECRET = "hunter2xyzzy";
const CONF = "etc/postgresql/16/main";

/** Three hosts in one folder: one that does not start, one that works, one with nothing on it. */
const hosts = () =>
  tree({
    [`db1/${CONF}/postgresql.conf`]: "shared_buffers = 4gb\ninclude_dir = 'conf.d'\n",
    [`db1/${CONF}/conf.d/10-unsafe.conf`]: "fsync = off\n",
    "db2/etc/pgbouncer/pgbouncer.ini": `[databases]
shop = host=10.0.0.1 password=${SECRET}
[pgbouncer]
listen_addr = 10.0.0.5
auth_file = /etc/pgbouncer/userlist.txt
`,
    "db2/etc/pgbouncer/userlist.txt": `"app" "${SECRET}"\n`,
    [`db2/${CONF}/pg_hba.conf`]: `host all all 10.0.0.0/8 ldap ldapserver=x ldapbindpasswd=${SECRET}\n`,
    "db3/etc/motd": "hello\n",
  });

/** Runs the playbook over the hosts; what it leaves in the directory for temporary files is told as well. */
function audit(cwd: string, variables: Readonly<Record<string, unknown>>, ...options: string[]) {
  const all = {
    ansible_connection: "local",
    ansible_python_interpreter: "auto_silent",
    pgconflint_become: false,
    pgconflint_command: [process.execPath, join(root, "bin/pgconflint.js")],
    pgconflint_report_dir: join(cwd, "report"),
    ...variables,
  };
  const paths = (name: string) => ({
    pgconflint_paths: [`${cwd}/${name}/etc/postgresql`, `${cwd}/${name}/etc/pgbouncer`],
  });
  const named = Object.fromEntries(["db1", "db2", "db3"].map((name) => [name, paths(name)]));
  writeFileSync(join(cwd, "inventory.json"), JSON.stringify({ all: { vars: all, hosts: named } }));
  mkdirSync(join(cwd, "report"), { recursive: true });
  mkdirSync(join(cwd, "tmp"), { recursive: true });
  const run = spawnSync(
    "ansible-playbook",
    ["-i", "inventory.json", join(root, "ansible/audit.yml"), ...options],
    {
      cwd,
      encoding: "utf8",
      timeout: 150_000,
      env: {
        PATH: process.env.PATH,
        HOME: cwd,
        LANG: "C.UTF-8",
        TMPDIR: join(cwd, "tmp"),
        ANSIBLE_NOCOLOR: "1",
        ANSIBLE_INVENTORY_UNPARSED_WARNING: "False",
      },
    },
  );
  const report = (name: string) => readFileSync(join(cwd, "report", `pgconflint.${name}`), "utf8");
  return { code: run.status, output: run.stdout + run.stderr, report, left: readdirSync(join(cwd, "tmp")) };
}

const hostsIn = (table: string) =>
  table
    .split("\n")
    .slice(1, 3)
    .map((line) => line.split(/ +/).slice(0, 2));

function sarifErrors(log: unknown) {
  // The schema is of draft 4, where an id is `id`; what else is in it, ajv reads alike.
  const text = readFileSync(join(root, "fixtures/reports/sarif-2.1.0-rtm.5.schema.json"), "utf8");
  const { $schema: _, id: __, ...schema } = JSON.parse(text);
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
  return validate(log) ? null : validate.errors;
}

/** What ansible says of each host at the end. */
const recap = (output: string) =>
  [...output.matchAll(/^(db\d)\s+: ok=\d+ +changed=(\d+) +unreachable=0 +failed=(\d+)/gm)].map(
    ([, ...words]) => words.join(" "),
  );

describe.skipIf(!ansible)("the role, with ansible-playbook", () => {
  test("on the controller: the files are copied, checked in one run, and gone", () => {
    const cwd = hosts();
    const { code, output, report, left } = audit(cwd, {});
    expect(code).toBe(2);
    expect(output).toContain(`There are findings at or above error; see ${cwd}/report/pgconflint.txt`);
    expect(output).toContain("Nothing was found on db3, or they did not answer.");
    expect(recap(output)).toEqual(["db1 0 1", "db2 0 0", "db3 0 0"]);
    expect(left).toEqual([]);

    expect(report("txt")).toMatch(/^HOST +ERRORS +WARNINGS +INFO +WORST\ndb1 +2 /);
    expect(hostsIn(report("txt")).map(([host]) => host)).toEqual(["db1", "db2"]);
    const { files } = JSON.parse(report("json"));
    expect(files.map(({ path }: { path: string }) => path)).toContain(
      `db1${cwd}/db1/${CONF}/conf.d/10-unsafe.conf`,
    );
    expect(files.some(({ kind }: { kind: string }) => kind === "userlist.txt")).toBe(false);

    const log = JSON.parse(report("sarif"));
    expect(sarifErrors(log)).toBe(null);
    const uris: string[] = log.runs[0].results.map(
      (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        result.locations[0]?.physicalLocation.artifactLocation.uri,
    );
    expect(new Set(uris.map((uri) => uri.split("/")[0]))).toEqual(new Set(["db1", "db2"]));
    expect(output + report("json") + report("sarif") + report("txt")).not.toContain(SECRET);
  }, 180_000);

  test("on the hosts, in check mode: only findings leave them; one without Node is named, and not in the way", () => {
    const cwd = hosts();
    spawnSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", cwd], { cwd: root });
    const [tarball = ""] = readdirSync(cwd).filter((name) => name.endsWith(".tgz"));
    const { code, output, report, left } = audit(
      cwd,
      {
        pgconflint_where: "host",
        pgconflint_package: join(cwd, tarball),
        pgconflint_node: `{{ (inventory_hostname == 'db1') | ternary('/nowhere/node', '${process.execPath}') }}`,
        pgconflint_fail_on: "never",
        pgconflint_formats: ["junit"],
      },
      "--check",
    );
    expect(output).toContain("needs Node 20.19 on the host as /nowhere/node");
    expect(output).toContain("Nothing was found on db1, db3, or they did not answer.");
    expect(code).toBe(2);
    expect(recap(output)).toEqual(["db1 0 1", "db2 0 0", "db3 0 0"]);
    expect(left).toEqual([]);
    expect(hostsIn(report("txt"))[0]?.[0]).toBe("db2");
    expect(report("junit")).toContain(`db2${cwd}/db2/etc/pgbouncer/userlist.txt`);
    // The host is known where the program runs on it.
    expect(JSON.parse(report("json")).target.host.memory.value).toBeGreaterThan(0);
    expect(output + report("json") + report("junit")).not.toContain(SECRET);
  }, 180_000);
});

test.skipIf(!yamllint)("its files are as yamllint wants them", () => {
  const folder = join(root, "ansible");
  const { status, stdout } = spawnSync("yamllint", ["--strict", "-c", join(folder, ".yamllint"), folder], {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});
