import { poolerNames } from "../../src/catalog/pgbouncer.ts";
import { NEWEST_POOLER } from "../../src/catalog/pooler-version.ts";
import { settingsOf } from "../../src/catalog/postgres.ts";
import { NEWEST } from "../../src/catalog/version.ts";
import { FILE_NAMES, NASTY } from "./nasty.ts";
import type { Random } from "./random.ts";
import type { Kind } from "./seeds.ts";

const settings = settingsOf({ major: NEWEST, minor: null });
const values = [
  ...["on", "off", "1", "0", "-1", "64MB", "64", "1.5GB", "8kB", "10min", "5000000000", "0x1F", "1e3", "''"],
  ...[
    "'*'",
    "'localhost, 10.0.0.1'",
    "'/tmp'",
    "'a''b\\'c'",
    "replica",
    "'pg_stat_statements, x'",
    "scram-sha-256",
  ],
  ...["'host=a user=b'", "'%m [%p] '", "'cp %p /b/%f'", "'ANY 1 (a, b)'", "'TLSv1.2'", "'Europe/Berlin'"],
];
const addresses = [
  ...["all", "samehost", "samenet", "127.0.0.1/32", "10.0.0.0/8", "10.0.0.0 255.0.0.0", "::1/128", "::/0"],
  ...["0.0.0.0/0", "db.example.com", ".example.com", "10.1.2.3/33", "fe80::1%eth0/64"],
];
const names = [
  "all",
  "a",
  "b",
  '"All"',
  "+g",
  "sameuser",
  "samerole",
  "replication",
  "/^a",
  "/(a+)+$",
  "@roles",
  "a,b",
  '"a b",c',
];
const methods = [
  ...[
    "trust",
    "reject",
    "md5",
    "scram-sha-256",
    "password",
    "peer map=m",
    "ident",
    "cert clientcert=verify-full",
  ],
  ...[
    'ldap ldapserver=h ldapprefix="cn=" ldapsuffix=x',
    "gss include_realm=0 krb_realm=X",
    "radius radiusservers=a",
    "pam",
  ],
];

/** A line as the format has it, some of it wrong. */
export function lineOf(kind: Kind, random: Random): string {
  const pick = (words: readonly string[]) =>
    random.oneIn(25) ? random.pick(NASTY) : (random.pick(words) ?? "");
  switch (kind) {
    case "postgresql.conf": {
      if (random.oneIn(12))
        return `${pick(["include", "include_dir", "include_if_exists"])} '${random.pick(FILE_NAMES)}'`;
      if (random.oneIn(12))
        return `${pick(["hba_file", "ident_file", "data_directory"])} = '${random.pick(FILE_NAMES)}'`;
      const setting = random.pick(settings);
      const value = setting?.values.length && random.oneIn(2) ? pick(setting.values) : pick(values);
      return `${setting?.name ?? "port"}${pick([" = ", "=", " "])}${value}${pick(["", " # why", "#"])}`;
    }
    case "pg_hba.conf": {
      if (random.oneIn(15))
        return `${pick(["include", "include_dir", "include_if_exists"])} "${random.pick(FILE_NAMES)}"`;
      const type = pick(["local", "host", "hostssl", "hostnossl", "hostgssenc"]);
      const address = type === "local" ? "" : `${pick(addresses)} `;
      return `${type}${pick([" ", "\t"])}${pick(names)} ${pick(names)} ${address}${pick(methods)}`;
    }
    case "pg_ident.conf":
      return `${pick(["m", "n", "include", "include_dir"])} ${pick([...names, "/^(.*)@x$", "/(a|b)*c"])} ${pick([...names, "\\1", '"\\1"'])}`;
    case "pgbouncer.ini": {
      if (random.oneIn(8)) return `[${pick(["databases", "pgbouncer", "users", "peers", "x"])}]`;
      if (random.oneIn(15)) return `%include ${random.pick(FILE_NAMES)}`;
      if (random.oneIn(3))
        return `${pick(["a", "*", "b.c"])} = host=${pick(["h", "/tmp", "a,b"])} port=${pick(["5432", "x"])} dbname='${pick(["d", "e f"])}'`;
      const word = pick([...values, "transaction", "session", "md5", "hba", "userlist.txt", "SELECT 1"]);
      return `${pick(poolerNames(NEWEST_POOLER, "pgbouncer"))}${pick([" = ", "=", " "])}${word.replace(/^'(.*)'$/, "$1")}`;
    }
    case "userlist.txt":
      return `"${pick(["a", "b", "ab", ""])}" "${pick(["", "md5d41d8cd98f00b204e9800998ecf8427e", "SCRAM-SHA-256$4096:c2FsdA==$YQ==:Yg=="])}"`;
  }
}

/** A line that holds a secret where a server wants one. */
export function secretLine(kind: Kind, secret: string, random: Random): string {
  const quoted = random.pick([secret, `${secret}!`, `${secret}.${secret}`]);
  const lines: Readonly<Record<Kind, readonly [string, ...string[]]>> = {
    "postgresql.conf": [
      `primary_conninfo = 'host=a password=${quoted} port=54x2'`,
      `primary_conninfo = 'postgresql://u:${quoted}@h:1/db'`,
      `archive_command = 'PGPASSWORD=${quoted} psql'`,
      `ssl_passphrase_command = 'echo ${quoted}'`,
      `x.password = '${quoted}'`,
      `primary_conninf = 'password=${quoted}'`,
    ],
    "pg_hba.conf": [
      `host all all 10.0.0.0/8 ldap ldapserver=h ldapbinddn=b ldapbindpasswd=${quoted}`,
      `host all all 10.0.0.0/33 radius radiusservers=h radiussecrets="${quoted}" radiusports=x`,
      `hots all all ldap ldapbindpasswd="${quoted}"`,
    ],
    "pg_ident.conf": [`m "password=${quoted}" b`],
    "pgbouncer.ini": [
      `a = host=h password=${quoted} prot=1`,
      `a = host=h password='${quoted}' port=x`,
      `a = postgres://u:${quoted}@h/db`,
      `password = ${quoted}`,
    ],
    "userlist.txt": [`"u" "${quoted}"`, `"u" "${quoted}" x`, `u ${quoted}`],
  };
  return random.pick(lines[kind]);
}
