import { expect, test } from "vitest";
import { lint } from "../src/index.ts";

/** What people copy into production from a course or a blog, and all that there is to say about it. */
const saidOf = (path: string, text: string, host = {}) =>
  lint({ files: [{ path, text }], host }).findings.map(
    ({ line, severity, rule, message }) => `${line} ${severity} ${rule}: ${message}`,
  );

test("a postgresql.conf with too much work_mem for its host", () => {
  const text = `shared_buffers = '8GB'
work_mem = '160MB'
maintenance_work_mem = '1GB'
effective_cache_size = '24GB'
max_connections = 200
min_wal_size = '1GB'
max_wal_size = '4GB'
random_page_cost = 1.1
effective_io_concurrency = 200
log_min_duration_statement = 1000
log_line_prefix = '%t [%p] %u@%d '
`;
  expect(saidOf("postgresql.conf", text, { memory: 32 * 1024 ** 3, disk: "ssd" })).toEqual([
    "1 info backup/archive-off: archive_mode is not set: this server can only be restored as of its last full backup, not to a point in time.",
    "2 warning memory/worst-case: At worst 200 connections x 160MB of work_mem x 2 for hashes = 62.5GB + shared memory 8.3GB + page tables 3.3GB + autovacuum 3GB + parallel workers 2.5GB + maintenance 1GB + sessions 800MB = 81.3GB, 254 % of the 32GB of RAM; work_mem = 20MB would fit.",
  ]);
});

test("settings for replication with comments as in SQL", () => {
  const text = `-- On the primary:
wal_level = replica
max_wal_senders = 5 -- one for each standby, and some to spare
wal_keep_size = '1GB'
`;
  expect(saidOf("replication.conf", text)).toEqual([
    '1 error server/syntax-error: The server cannot read this line, at "-": a comment starts with #, not with --.',
    '3 error server/syntax-error: The server cannot read this line, at "-": a comment starts with #, not with --.',
  ]);
});

const HBA = `local  all          postgres                     peer
host   all          all          127.0.0.1/32    scram-sha-256
host   all          all          ::1/128         scram-sha-256
host   shop         shop_app     10.20.0.0/24    scram-sha-256
host   replication  replicator   10.20.0.0/24    scram-sha-256
`;

test("a sound pg_hba.conf, and the line that it warns of", () => {
  expect(saidOf("pg_hba.conf", HBA)).toEqual([]);
  expect(saidOf("pg_hba.conf", `${HBA}host   all          all          0.0.0.0/0       trust\n`)).toEqual([
    "6 error access/trust-remote: 0.0.0.0/0 is every IPv4 address, and trust asks for no password: anyone on any network logs in as any user, superusers included.",
  ]);
});

test("a pgbouncer.ini with remarks behind its values", () => {
  const text = `[databases]
shop = host=127.0.0.1 port=5432 dbname=shop
[pgbouncer]
listen_port = 6432
listen_addr = 0.0.0.0
auth_type = scram-sha-256
pool_mode = transaction  # give it back after each transaction
default_pool_size = 20   # connections to the server
`;
  expect(saidOf("pgbouncer.ini", text)).toEqual([
    "1 error pooler/nobody-can-log-in: There is neither auth_file nor auth_user, so that auth_type = scram-sha-256 knows no user and lets nobody in.",
    "5 warning pooler/listen-everywhere: listen_addr = 0.0.0.0 takes clients on every address of the host, and client_tls_sslmode = disable asks none for TLS; write require, or name the addresses that clients use.",
    "7 error server/pooler-value: pool_mode = transaction  # give it back after each transaction: a comment cannot stand behind a value; it becomes part of it.",
    "8 error server/pooler-value: default_pool_size = 20   # connections to the server: a comment cannot stand behind a value; it becomes part of it.",
  ]);
});
