// Words that every object of JavaScript answers to: names like any other, for the servers and for us.
import { expect, test } from "vitest";
import { effectiveSettings, lint, matchHba, readHba } from "../../src/index.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";

const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];

const said = (path: string, text: string) =>
  lint({ files: [{ path, text }] }).findings.flatMap(({ rule, message, suggested = "", fix }) =>
    rule.startsWith("server/")
      ? [`${rule} ${message} ${suggested}${fix?.edits.map(({ text: its }) => its) ?? ""}`]
      : [],
  );

test.each(NAMES)("a setting %s is one that there is not", (name) => {
  const [unknown] = said("postgresql.conf", `${name} = 1\n`);
  expect(unknown).toContain(`server/unknown-setting PostgreSQL 18 has no setting ${name}`);
  expect(unknown).not.toMatch(/native code|\[object/);
  const wrong = said(
    "postgresql.conf",
    `work_mem = 1${name}\nshared_buffers = ${name}\nwal_level = ${name}\n`,
  );
  expect(wrong).toHaveLength(3);
  expect(wrong.join("\n")).not.toMatch(/NaN|native code|\[object/);
  const files = [{ path: "postgresql.conf", text: `a.${name} = 1\n` }];
  expect(effectiveSettings({ files }).find((each) => each.name === `a.${name}`)?.value).toBe("1");
});

test.each(NAMES)("a method, an option and a class %s are ones that there are not", (name) => {
  expect(said("pg_hba.conf", `host all all all ${name}\n`)).toEqual([
    `server/hba-unknown-method "${name}" is no method. `,
  ]);
  expect(
    readHba({ files: [{ path: "pg_hba.conf", text: `host all all all md5 ${name}=1\n` }] }),
  ).toMatchObject({
    accepts: false,
    messages: [{ message: `unrecognized authentication option name: "${name}"` }],
  });
  const text = `host all "/^[[:${name}:]]" all md5\nhost all all all trust\n`;
  expect(() =>
    matchHba({
      files: [{ path: "pg_hba.conf", text }],
      connection: { user: name, database: name, address: "10.0.0.1", roles: { [name]: {} } },
    }),
  ).not.toThrow();
});

test.each(NAMES)("a key %s of PgBouncer is one that there is not", (name) => {
  expect(
    said("pgbouncer.ini", `[pgbouncer]\n${name} = 1\nauth_type = ${name}\npool_mode = ${name}\n`),
  ).toEqual(expect.arrayContaining([expect.stringContaining(`server/pooler-unknown-setting`)]));
  expect(
    JSON.stringify(said("pgbouncer.ini", `[pgbouncer]\n${name} = 1${name}\nserver_lifetime = 1${name}\n`)),
  ).not.toMatch(/NaN|native code|\[object/);
});

test.each(NAMES)("%s in our own files changes nothing for the rest of the program", async (name) => {
  const ini = `[${name}]\npolluted = 1\n[check]\n${name} = 1\n`;
  const known = { schema: 1, findings: [{ path: name, rule: name, value: name, [name]: { polluted: 1 } }] };
  const cwd = tree({
    "postgresql.conf": "",
    "pg_hba.conf": "local all all md5\n",
    "bad.ini": ini,
    "known.json": JSON.stringify(known).replace(`"${name}":{`, `"${name}":{"${name}":{"polluted":1},`),
    "roles.json": `{"a": {"memberOf": ["${name}"]}, "${name}": {"superuser": true}}`,
  });
  expect((await run(["--config", "bad.ini"], { cwd })).code).toBe(2);
  expect((await run(["--baseline", "known.json", "--format", "json"], { cwd })).code).toBe(0);
  const match = await run(["hba", "match", "--user", "a", "--roles", "roles.json"], { cwd });
  expect([match.code, match.stderr]).toEqual([0, ""]);
  expect((await run([`--${name}`, "1"], { cwd })).stderr).toMatch(/^pgconflint: .*\n$/);
  expect("polluted" in {}).toBe(false);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
