// A tree of many servers, no two alike, with the slips that such a tree has.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const postgresqlConf = (at: number) => `# db-${at}, managed by the platform team
listen_addresses = '10.${at % 200}.${(at >> 3) % 250}.11, localhost'
port = ${5432 + (at % 3)}
max_connections = ${100 + (at % 300)}
password_encryption = ${at % 41 === 0 ? "md5" : "scram-sha-256"}
ssl = on
ssl_cert_file = '/etc/ssl/certs/db-${at}.pem'
ssl_key_file = '/etc/ssl/private/db-${at}.key'

shared_buffers = ${2 + (at % 14)}GB
effective_cache_size = ${8 + (at % 40)}${at % 29 === 0 ? "gb" : "GB"}
huge_pages = try

wal_level = replica
max_wal_size = ${4 + (at % 13)}GB
min_wal_size = 2GB
checkpoint_timeout = 15min
archive_mode = on
archive_command = 'pgbackrest --stanza=db-${at} archive-push %p'
max_wal_senders = 10
wal_keep_size = 4GB

random_page_cost = 1.1
logging_collector = on
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_truncate_on_rotation = on
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = ${1 + (at % 5)}s
log_checkpoints = on
log_lock_waits = on
${at % 17 === 0 ? "fsync = off\n" : ""}autovacuum_max_workers = 5
autovacuum_vacuum_cost_limit = 2000
TimeZone = 'Europe/Berlin'
include_dir 'conf.d'
`;
const fragment = (at: number) => `work_mem = ${16 + (at % 64)}${at % 31 === 0 ? "" : "MB"}
maintenance_work_mem = ${256 + (at % 1000)}MB
`;
const pgHba = (at: number) => `local   all          postgres                   peer
hostssl app_${at % 50}  app        10.${at % 200}.0.0/16   scram-sha-256
hostssl replication  replicator 10.0.0.0/8       ${at % 13 === 0 ? "trust" : "scram-sha-256"}
`;
const pgIdent = `# MAPNAME  SYSTEM-USERNAME  PG-USERNAME
ops        dba              postgres
`;
const pgbouncer = (at: number) => `[databases]
app = host=127.0.0.1 dbname=app_${at % 50}
[pgbouncer]
listen_addr = 127.0.0.1
auth_type = scram-sha-256
auth_file = userlist.txt
max_client_conn = ${100 + at}
`;
const userlist = '"app" "SCRAM-SHA-256$4096:c2FsdHNhbHQ=$c3RvcmVk:c2VydmVy"\n';

/** Where a server lies in the tree. */
export const directoryOf = (at: number): string => `region-${at % 7}/db-${String(at).padStart(5, "0")}`;

function filesOf(at: number): Record<string, string> {
  return {
    PG_VERSION: `${13 + (at % 6)}\n`,
    "postgresql.conf": postgresqlConf(at),
    "conf.d/10-memory.conf": fragment(at),
    "pg_hba.conf": pgHba(at),
    "pg_ident.conf": pgIdent,
    ...(at % 10 === 0 && { "pgbouncer.ini": pgbouncer(at), "userlist.txt": userlist }),
    ...(at % 3 === 1 && { "standby.signal": "" }),
  };
}

export function writeFleet(root: string, servers: number): void {
  for (let at = 0; at < servers; at++)
    for (const [name, text] of Object.entries(filesOf(at))) {
      const path = join(root, directoryOf(at), name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
}
