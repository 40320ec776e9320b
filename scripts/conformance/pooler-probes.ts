import catalog from "../../src/catalog/pgbouncer.json";
import { combine, type Probe } from "./probe.ts";

const NUMBERS = [
  "0",
  "1",
  "+5",
  "08",
  "1k",
  "2147483648",
  "4294967296",
  "-1",
  "010",
  "0x10",
  "1.5",
  "abc",
  "",
  "5s",
  "1 ; c",
  "'1'",
];
const TIMES = ["0", "1.5", ".5", "1e3", "0x10", "30s", "-1", "", "inf", "1 min", "1;c"];
/** Settings that would keep the probe's own process from running, or from being found. */
export const OWN = new Set([
  "logfile",
  "pidfile",
  "unix_socket_dir",
  "listen_addr",
  "listen_port",
  "user",
  "conffile",
  "syslog",
  "resolv_conf",
  "verbose",
  "unix_socket_group",
  "job_name",
  "disable_pqexec",
  "so_reuseport",
  "max_packet_size",
  "pkt_buf",
  "stats_period",
]);
export const POOLER_FILES = {
  "inc.ini": "max_client_conn = 50\n",
  "sec.ini": "[users]\n",
  "main.ini": "[pgbouncer]\nmin_pool_size = 1\n",
  "bad.ini": "max_client_conn = x\n",
  "self.ini": "%include self.ini\n",
};

/** Texts for pgbouncer.ini: each setting with values at the edges, connection strings, sections, lines, includes. */
export function* poolerProbes(): Generator<Probe> {
  const seen = new Set<string>();
  const probes = (group: string, texts: readonly string[], files?: Probe["files"]): Probe[] =>
    texts
      .filter((text) => !seen.has(text) && seen.add(text))
      .map((text) => ({ suite: "pgbouncer", group, text, ...(files && { files }) }));
  for (const { name, type, values } of catalog.settings as readonly {
    name: string;
    type: string;
    values?: readonly string[];
  }[]) {
    if (OWN.has(name) || /_tls_/.test(name)) continue;
    const texts =
      type === "time"
        ? TIMES
        : type === "string"
          ? ["x", "", "a b", '"x"']
          : type === "enum"
            ? [
                ...(values ?? []),
                "x",
                "",
                ...(values ?? []).map((word) => word.toUpperCase()),
                `'${values?.[0]}'`,
              ]
            : NUMBERS;
    const usable = texts.filter((text) => name !== "auth_type" || !/^(?:cert|pam|ldap|hba|any)$/i.test(text));
    yield* probes(
      type,
      usable.map((text) => `[pgbouncer]\n${name} = ${text}\n`),
    );
  }
  yield* probes("database", combine(["[databases]\ndb = "], CONNECT, ["\n[pgbouncer]\n"]));
  yield* probes("name", combine(["[databases]\n"], NAMES, [" = host=h\n[pgbouncer]\n"]));
  yield* probes(
    "user",
    combine(
      ["[users]\n"],
      ["u", "pgbouncer", "*", "u v"],
      [" = "],
      [
        "pool_mode=session",
        "pool_mode=x",
        "max_user_connections=5",
        "max_user_connections=x",
        "nope=1",
        "pool_size=5",
        "password=x",
        "",
      ],
      ["\n[pgbouncer]\n"],
    ),
  );
  yield* probes("line", LINES);
  yield* probes("include", INCLUDES, POOLER_FILES);
  yield* probes(
    "start",
    START.map((lines) => `[pgbouncer]\n${lines.replaceAll(" | ", "\n")}\n`),
  );
  for (const [index, userlist] of USERLISTS.entries())
    yield {
      suite: "pgbouncer",
      group: "userlist",
      text: `[pgbouncer]\nauth_type = ${["md5", "scram-sha-256", "trust", "plain"][index % 4]}\nauth_file = userlist.txt\n`,
      files: { "userlist.txt": userlist },
    };
}

const CONNECT = [
  "host=h",
  "host=h port=1",
  "host = h",
  "host= h",
  "host=",
  "host='h'",
  "host='h i'",
  "host='h''i'",
  "host='h",
  "user='abc'd port=1",
  "user='abc'port=1",
  "password=''",
  "port=0",
  "port=x",
  "port=5432x",
  "port=-1",
  "port=70000",
  "port=0x10",
  "pool_size=5",
  "pool_size=x",
  "pool_size=-1",
  "pool_mode=session",
  "pool_mode=TRANSACTION",
  "pool_mode=tx",
  "nope=1",
  "HOST=h",
  "sslmode=require",
  "postgres://h/d",
  "host=h;port=1",
  "host=h ; c",
  "host=h # c",
  "host=h\tport=1",
  "host\t=h",
  "host",
  "=h",
  "host=a,b",
  "dbname='a b' user=u password=p",
  "connect_query='SELECT 1'",
  "connect_query=SELECT 1",
  "client_encoding=utf8 datestyle=iso timezone=utc",
  "auth_user=x",
  "reserve_pool=3",
  "min_pool_size=1",
  "max_db_connections=5",
  "host=h host=i",
  "",
  " ",
  "'host=h'",
];
const NAMES = [
  "db",
  "DB",
  "*",
  "pgbouncer",
  "my-db",
  "my.db",
  "my_db",
  "my db",
  '"my db"',
  "'my db'",
  "my/db",
  "my@db",
  "é",
  "replication",
  "all",
  "x".repeat(63),
  "x".repeat(64),
  "",
  "1",
  "*x",
  "a*",
];
const LINES = [
  "",
  "[pgbouncer]\n",
  "[pgbouncer]",
  "# c\n[pgbouncer]\n",
  "; c\n[pgbouncer]\n",
  "  [pgbouncer]\n",
  "[ pgbouncer ]\n",
  "[PgBouncer]\n",
  "[pgbouncer\n",
  "[pgbouncer]]\n",
  "[]\n[pgbouncer]\n",
  "[foo]\n[pgbouncer]\n",
  "[peers]\n[pgbouncer]\n",
  "[databases][users][pgbouncer]\n",
  "[pgbouncer] max_client_conn = 5\n",
  "[pgbouncer] junk\n",
  "x = 1\n[pgbouncer]\n",
  "[pgbouncer]\nmax_client_conn\n",
  "[pgbouncer]\nmax_client_conn =\n",
  "[pgbouncer]\nmax_client_conn == 5\n",
  "[pgbouncer]\nmax_client_conn: 5\n",
  "[pgbouncer]\nmax_client_conn 5\n",
  "[pgbouncer]\nmax_client_conn\n= 5\n",
  "[pgbouncer]\n max_client_conn = 5 \n",
  "[pgbouncer]\r\nmax_client_conn = 5\r\n",
  "[pgbouncer]\nMAX_CLIENT_CONN = 5\n",
  "[pgbouncer]\nmax-client-conn = 5\n",
  "[pgbouncer]\n= 5\n",
  "[pgbouncer]\n'max_client_conn' = 5\n",
  '[pgbouncer]\n"max_client_conn" = 5\n',
  "[pgbouncer]\nmax_client_conn = 5\\\n",
  "[pgbouncer]\nmax_client_conn = 5\nmax_client_conn = x\n",
  "[pgbouncer]\nmax_client_conn = x\nmax_client_conn = 5\n",
  "[pgbouncer]\nmax_client_conn = 5\n[pgbouncer]\n",
  "\ufeff[pgbouncer]\n",
  "[pgbouncer]\n-- c\n",
  "[pgbouncer]\n// c\n",
  "[pgbouncer]\n/* c */\n",
  "[pgbouncer]\nadmin_users = a ; b\n",
  "[pgbouncer]\n\u000bmax_client_conn = 5\n",
  "[pgbouncer]\nmax_client_conn\u00a0= 5\n",
  "[pgbouncer]\n[databases]\n[pgbouncer]\nnope = 1\n",
];
const INCLUDES = [
  "%include inc.ini\n",
  "%include missing.ini\n",
  '%include "inc.ini"\n',
  "%include\n",
  "%include \n",
  "%includeinc.ini\n",
  "%INCLUDE inc.ini\n",
  " %include inc.ini\n",
  "%include\tinc.ini\n",
  "%include inc.ini ; c\n",
  "%include sec.ini\nu = pool_mode=session\n",
  "%include main.ini\n",
  "%include bad.ini\n",
  "%include self.ini\n",
  "%include .\n",
  "%include inc.ini\n%include inc.ini\n",
].map((text) => `[pgbouncer]\n${text}`);

/** What is only seen once the file is read: TLS, addresses, accounts, files. */
const START = [
  ...["disable", "allow", "prefer", "require", "verify-ca", "verify-full", "Require", "on", ""].flatMap(
    (mode) => [
      `client_tls_sslmode = ${mode}`,
      `server_tls_sslmode = ${mode}`,
      `client_tls_sslmode = ${mode} | client_tls_key_file = nope.key | client_tls_cert_file = nope.crt`,
      `client_tls_sslmode = ${mode} | client_tls_key_file = nope.key`,
      `server_tls_sslmode = ${mode} | server_tls_ca_file = nope.crt`,
      `client_tls_sslmode = ${mode} | auth_type = cert`,
    ],
  ),
  ...[
    "secure",
    "all",
    "tlsv1.2",
    "tlsv1.3",
    "TLSv1.2,TLSv1.3",
    "tlsv1.2:tlsv1.3",
    "legacy",
    "x",
    "",
    "sslv3",
  ].flatMap((protocols) => [
    `client_tls_protocols = ${protocols}`,
    `server_tls_protocols = ${protocols} | server_tls_sslmode = require`,
    `server_tls_protocols = ${protocols} | server_tls_sslmode = disable`,
  ]),
  ...["default", "secure", "HIGH", "fast", "nonsense", ""].map(
    (ciphers) => `server_tls_ciphers = ${ciphers} | server_tls_sslmode = require`,
  ),
  "client_tls_ecdhcurve = auto",
  "client_tls_ecdhcurve = nonsense",
  "client_tls_dheparams = nonsense",
  ...[
    "any",
    "trust",
    "plain",
    "md5",
    "scram-sha-256",
    "hba",
    "cert",
    "pam",
    "MD5",
    "scram",
    "peer",
    "ldap",
    "gss",
    "",
  ].map((type) => `auth_type = ${type}`),
  "auth_type = hba | auth_hba_file = nope.conf",
  "auth_type = md5 | auth_file = nope.txt",
  "auth_file = ~/userlist.txt",
  "auth_query = SELECT 1",
  "auth_query = ",
  "listen_addr = 127.0.0.1",
  "listen_addr = 127.0.0.1,127.0.0.2",
  "listen_addr = 127.0.0.1, localhost",
  "listen_addr = 127.0.0.1 127.0.0.2",
  "listen_addr = ",
  "listen_addr = 127.0.0.1 | listen_port = 0",
  "listen_addr = 127.0.0.1 | listen_port = 70000",
  "listen_addr = 127.0.0.1 | listen_port = x",
  "listen_port = -1",
  "admin_users = a, b | stats_users = c",
  "ignore_startup_parameters = extra_float_digits, options",
  "unix_socket_mode = 0700",
  "unix_socket_mode = 999",
  "unix_socket_mode = x",
  "tcp_keepalive = 1 | tcp_keepidle = 5",
  "dns_max_ttl = 0 | dns_nxdomain_ttl = 0",
  "syslog_facility = nonsense",
  "pool_mode = transaction | server_reset_query_always = 1",
  "track_extra_parameters = IntervalStyle",
  "max_prepared_statements = 100",
  "peer_id = 1",
  "so_reuseport = 0",
  "verbose = 3",
  "job_name = pooler",
  "stats_period = 30",
  "pkt_buf = 8192",
  "max_packet_size = 1048576",
];

const USERLISTS = [
  '"a" "b"\n',
  '"a" "md5abcdef"\n',
  '"a"\n',
  "a b\n",
  '; c\n"a" "b"\n',
  '# c\n"a" "b"\n',
  '"a" "b" "c"\n',
  '"a""b" "c"\n',
  '"a" b "c"\n',
  '"" "b"\n',
  '"a" ""\n',
  '"a" "b\n',
  "",
  `"${"x".repeat(200)}" "b"\n`,
  `"a" "${"x".repeat(3000)}"\n`,
  '\ufeff"a" "b"\n',
  '"a" "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"\n',
];
