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
const OWN = new Set([
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
const FILES = {
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
  yield* probes("include", INCLUDES, FILES);
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
