import { expect, test } from "vitest";
import { poolerNames } from "../../src/catalog/pgbouncer.ts";
import { NEWEST_POOLER } from "../../src/catalog/pooler-version.ts";
import { settingsOf } from "../../src/catalog/postgres.ts";
import { MAJORS } from "../../src/catalog/version.ts";
import { redact } from "../../src/text/redact.ts";
import { run } from "../support/run.ts";
import { tree } from "../support/tree.ts";
import { FORMATS, linted } from "./support.ts";

/** Words that stand nowhere but in secrets; the cases put them together in every way that they know. */
const WORDS = ["Hun7er", "A1pha", "Br4vo", "Ch4rlie"] as const;
const [ONE, TWO, THREE, FOUR] = WORDS;
const MD5 = "md5d41d8cd98f00b204e9800998ecf8427e";
const SCRAM = "SCRAM-SHA-256$4096:c2FsdHNhbHQ=$c3RvcmVk:c2VydmVy";
const STORED = [MD5, MD5.slice(3), "c2FsdHNhbHQ", "c3RvcmVk", "c2VydmVy"];

const conninfos = [
  `host=a password=${ONE} port=54x2`,
  `host=a password = ${ONE} prot=5432`,
  `host=a password=''${ONE} ${TWO}'' prot=5432`,
  `host=a password=\\'${ONE} ${TWO}\\' prot=5432`,
  `host=a password=''${ONE}\\'' ${TWO}'' prot=5432`,
  `host=a password=${ONE}\\ ${TWO} prot=5432`,
  `host=a password=${ONE}''${TWO} prot=5432`,
  `host=a password=''${ONE} ${TWO}`,
  `host=a PASSWORD=${ONE} prot=5432`,
  `password=${ONE} ${TWO}`,
  `host=a passwort=${ONE} sslpassword=${TWO}`,
  `host=a oauth_client_secret=${ONE} prot=1`,
  `postgresql://u:${ONE}@h:54x2/db`,
  `postgres://u:${ONE}@${TWO}@h/db?prot=1`,
  `postgres://u:${ONE}%20${TWO}@[::1/db`,
  `postgresql://h/db?user=u&password=${ONE}&prot=1`,
  `postgresql://u:${ONE}/${TWO}@h/db?prot=1`,
];
const commands = [
  `curl -H "Authorization: Bearer ${ONE}" https://b/%f`,
  `curl -H ''X-Vault-Token: ${ONE}'' https://b/%f`,
  `curl -u backup:${ONE} -T %p https://b/%f`,
  `curl --user backup:${ONE} -T %p https://b/%f`,
  `aws --secret-key ${ONE} --token=${TWO} s3 cp %p s3://b/%f`,
  `AWS_SECRET_ACCESS_KEY=${ONE} API_KEY=''${TWO} ${THREE}'' wal-g wal-push %p`,
  `PGPASSWORD="${ONE} ${TWO}" psql`,
  `PGPASSWORD=${ONE}''${TWO}'' psql`,
  `sshpass -p ${ONE} scp %p b:%f`,
  `sshpass -p''${ONE} ${TWO}'' scp %p b:%f`,
  `azcopy cp %p "https://b/%f?sv=1&sig=${ONE}%%2F${TWO}"`,
  `curl https://b:${ONE}@c/%f`,
  `restic --password "${ONE} ${TWO}" backup %p`,
];
const passphrases = [
  `echo ${ONE}`,
  `echo "${ONE}; ${TWO} | ${THREE} & ${FOUR}"`,
  `printf ''%s'' ''${ONE} ${TWO}''`,
  `/bin/echo -n ${ONE}`,
  `sh -c "echo ${ONE}; echo ${TWO}"`,
];

/** A value in a line that is right, and in lines that are wrong in some way. */
const settingLines = (name: string, value: string) => [
  `${name} = '${value}'`,
  `${name} = '${value}' and more`,
  `${name} = '${value}`,
  `${name} = ${value}`,
  `${name} '${value}''`,
  `x${name} = '${value}'`,
  `${name} = "${value}"`,
  `${name} = '${value}'\n${name} = '${value} '`,
  `-- ${name} = '${value}'`,
  `my.${name} = '${value}'`,
];

const confLines = [
  ...["primary_conninfo", "primary_conninf"].flatMap((name) =>
    conninfos.flatMap((value) => settingLines(name, value)),
  ),
  ...["archive_command", "restore_command"].flatMap((name) =>
    commands.flatMap((value) => settingLines(name, value)),
  ),
  ...passphrases.flatMap((value) => settingLines("ssl_passphrase_command", value)),
  ...settingLines("pg_foo.password", `${ONE} ${TWO}`),
  ...settingLines("my.api_key", `${ONE} ${TWO}`),
];

const hbaLines = [
  `ldap ldapserver=h ldapprefix=a ldapbinddn=b ldapbindpasswd=${ONE}`,
  `ldap ldapserver=h ldapbindpasswd="${ONE} ${TWO}"`,
  `ldap ldapserver=h "ldapbindpasswd=${ONE} ${TWO}"`,
  `ldap ldapserver=h "ldapbindpasswd=${ONE}, ${TWO}" ldapfoo=1`,
  `ldap ldapserver=h ldapbindpasswd=${ONE},${TWO}`,
  `ldap ldapserver=h ldapbindpasswd = ${ONE}`,
  `ldap ldapserver=h ldapbindpasswd ${ONE}`,
  `ldap ldapserver=h ldapbindpasword=${ONE}`,
  `ldap ldapurl="ldap://h/dc=a" ldapbinddn=x ldapbindpasswd="${ONE} ${TWO}`,
  `ldap ldapserver=h ldapbindpasswd=${ONE}\\\n${TWO}`,
  `ldap ldapserver=h "ldapbindpasswd=${ONE} \\\n${TWO}" foo=1`,
  `md5 ldapbindpasswd=${ONE}`,
  `radius radiusservers=h radiussecrets=${ONE} radiusports=x`,
  `radius radiusservers="a,b" radiussecrets="${ONE},${TWO},${THREE}"`,
  `radius radiusservers="a,b" "radiussecrets=${ONE}, ""${TWO}"", ${THREE}"`,
  `radius radiusservers="a" radiussecrets="""${ONE}"", ""${TWO} ${THREE}"""`,
  `radius radiussecrets="${ONE} ${TWO}"`,
  `radius radiussecret=${ONE}`,
].flatMap((rest) => [
  `host all all 10.0.0.0/8 ${rest}`,
  `host all all 10.0.0.0/33 ${rest}`,
  `hots all all ${rest}`,
]);

const poolerLines = [
  `a = host=h password=${ONE} prot=1`,
  `a = host=h password='${ONE} ${TWO}' prot=1`,
  `a = host=h password='${ONE}''${TWO}' prot=1`,
  `a = host=h password='${ONE} ${TWO}`,
  `a = host=h password = ${ONE}`,
  `a = host=h password=${ONE} ${TWO}`,
  `a = host=h passwrd=${ONE}`,
  `a = host=h password=${ONE}, port=x`,
  `a = host=h port=x password="${ONE} ${TWO}"`,
  `a = postgres://u:${ONE}@h/db`,
  `a host=h password=${ONE}`,
  `a = host=h connect_query='set x.token = ''${ONE}''' port=x`,
  `password=${ONE}`,
];

const userlists = [
  `"a" "${ONE}" x\n# "b" "${TWO}"`,
  `"a" "${ONE}\n"b" "${TWO}"`,
  `"a" "${ONE}""${TWO}" "x`,
  `a ${ONE}`,
  `"a" ${ONE} ${TWO}`,
  `'a' '${ONE} ${TWO}'`,
  `"a" "${MD5}"\n"b" "${SCRAM}" x\n"c" ${SCRAM}\n"d" ${MD5}`,
  `"a":"${ONE}"`,
  `"a" = "${ONE}"`,
  `"a","${ONE}"`,
  `a:${ONE}`,
  `"a" "${ONE}" "" "${TWO}"\n;"b" "${THREE}"`,
  `"${"x".repeat(200)}" "${ONE}"\n"b" "${TWO}${"x".repeat(3000)}"`,
];

const CASES: readonly (readonly [path: string, text: string])[] = [
  ...confLines.map((text) => ["postgresql.conf", text] as const),
  ...confLines.slice(0, 60).map((text) => ["recovery.conf", text] as const),
  ...confLines.slice(0, 60).map((text) => ["postgresql.auto.conf", `${text}\r`] as const),
  ...hbaLines.map((text) => ["pg_hba.conf", text.replaceAll("\n", "\r\n")] as const),
  ...hbaLines.map((text) => ["pg_hba.conf", text] as const),
  ...poolerLines.flatMap((text) => [
    ["pgbouncer.ini", `[databases]\n${text}\n[pgbouncer]\nauth_file = userlist.txt\n`] as const,
    ["pgbouncer.ini", `[users]\n${text}\n`] as const,
    ["pgbouncer.ini", `[pgbouncer]\n${text}\n`] as const,
  ]),
  ...userlists.map((text) => ["userlist.txt", text] as const),
];

test.each([
  "host all all 0.0.0.0/0 password  # until spring",
  "host all app_pass 10.0.0.0/8 md5",
  "password_encryption = scram-sha-256  # not md5",
  "ssl_key_file = '/etc/ssl/private/server.key'",
  "archive_command = 'pgbackrest --stanza=main --user=backup archive-push %p'",
  "restore_command = 'envdir /etc/wal-g/env wal-g wal-fetch %f %p'",
  "auth_query = SELECT usename, passwd FROM pg_shadow WHERE usename=$1",
  "primary_conninfo = 'host=10.0.0.2 user=replicator passfile=/etc/pgpass sslmode=require'",
  "shop = host=10.0.0.5 auth_user=lookup dbname=shop",
  'syntax error in file "postgresql.conf" line 6, near token "MB"',
  "ssl_passphrase_command = '/usr/bin/vault-agent %p'",
  "log_line_prefix = '%m [%p] %q%u@%d '",
])("what is no secret is shown: %s", (text) => {
  expect(redact(text)).toBe(text);
});

test.each([
  ["primary_conninfo = 'host=a password=x port=1'", "primary_conninfo = 'host=a password=*** port=1'"],
  ["shop = host=h password=x y port=1", "shop = host=h password=*** port=1"],
  ["archive_command = 'PGPASSWORD=x psql -c 1'", "archive_command = 'PGPASSWORD=*** psql -c 1'"],
  ["archive_command = 'aws --token x s3 cp %p'", "archive_command = 'aws --token *** s3 cp %p'"],
  ["postgres://u:p@h/db", "postgres://u:***@h/db"],
])("round a secret the rest of the line is shown: %s", (text, clean) => {
  expect(redact(text)).toBe(clean);
  expect(redact(clean)).toBe(clean);
});

const leaked = (printed: string): string[] => [...WORDS, ...STORED].filter((word) => printed.includes(word));

test.each(Object.entries(FORMATS))("no secret is in a report as %s", (_, format) => {
  const leaks = CASES.flatMap(([path, text]) => {
    const { report, extras } = linted([
      { path, text },
      ...(path === "userlist.txt"
        ? [{ path: "pgbouncer.ini", text: "[pgbouncer]\nauth_file = userlist.txt\n" }]
        : []),
    ]);
    const words = leaked(format(report, extras));
    return words.length > 0 ? [`${text}   shows ${words.join(", ")}`] : [];
  });
  expect(leaks).toEqual([]);
});

test("a slip of the finger shows no secret either", () => {
  const leaks: string[] = [];
  for (const value of conninfos.filter((text) => text.includes("password=")))
    for (let at = value.indexOf("password=") + 9; at < value.length; at++)
      for (const slip of ["'", '"', "\\", " ", "#", ";"]) {
        const text = `primary_conninfo = '${value.slice(0, at)}${slip}${value.slice(at)}'`;
        const { report, extras } = linted([{ path: "postgresql.conf", text }]);
        for (const name of ["pretty", "json"])
          if (leaked(FORMATS[name]?.(report, extras) ?? "").length > 0) leaks.push(`${text} as ${name}`);
      }
  expect(leaks).toEqual([]);
});

test.each([
  "psasword",
  "pasword",
  "passwrod",
  "passowrd",
  "apssword",
  "passwd",
  "passwort",
  "pass word",
  "pass'word",
  "Password",
  "ldapbindpaswd",
  "sslpasswrd",
  "oauth_client_secert",
  "api-key",
])("a name that is spelt %s is that of a secret", (name) => {
  expect(redact(`primary_conninfo = 'host=a ${name}=${ONE} port=1'`)).not.toContain(ONE);
});

test("no setting of a server but the password is taken for a secret", () => {
  const names = [
    ...MAJORS.flatMap((major) => settingsOf({ major, minor: null }).map(({ name }) => name)),
    ...(["pgbouncer", "databases", "users", "peers"] as const).flatMap((section) =>
      poolerNames(NEWEST_POOLER, section),
    ),
  ];
  const hidden = names.filter((name) => redact(`${name} = 'a b'`) !== `${name} = 'a b'`);
  expect([...new Set(hidden)]).toEqual(["password"]);
});

test.each(
  "password= a 'a' '' \\ ://a: -- x- pasw -u password=' eyJa. A md5 a= /a: postgres:a: a. a.b".split(" "),
)("a very long line takes no long time: %s", (unit) => {
  for (const head of ["password ", "host all all ", "x.password "]) {
    const start = performance.now();
    redact(head + unit.repeat(50_000 / unit.length));
    expect(performance.now() - start).toBeLessThan(1000);
  }
});

async function stdout(argv: readonly string[], cwd: string): Promise<string> {
  const { stdout: out, stderr } = await run(argv, { cwd });
  return `${out}${stderr}`;
}

test.each([
  ["show", "postgresql.conf", confLines],
  ["show --all --format json", "postgresql.conf", confLines],
  ["hba list", "pg_hba.conf", hbaLines],
  ["hba list --format json", "pg_hba.conf", hbaLines],
] as const)("no secret is in what %s prints", async (command, path, texts) => {
  const cwd = tree(Object.fromEntries(texts.map((text, index) => [`${index}/${path}`, `${text}\n`])));
  const leaks: string[] = [];
  for (const [index, text] of texts.entries()) {
    const words = leaked(await stdout([...command.split(" "), `${index}/${path}`], cwd));
    if (words.length > 0) leaks.push(`${text}   shows ${words.join(", ")}`);
  }
  expect(leaks).toEqual([]);
});
