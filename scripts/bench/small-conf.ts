/** A configuration of 60 lines, as a person would keep it; with one slip. */
export const SMALL_CONF = `# shop, primary. Managed by hand; tell the DBAs when you change something.

# connections
listen_addresses = '10.20.0.11, localhost'
port = 5432
max_connections = 200                   # the pooler has 180
superuser_reserved_connections = 5
password_encryption = scram-sha-256
authentication_timeout = 30s
ssl = on
ssl_cert_file = '/etc/ssl/certs/shop.pem'
ssl_key_file = '/etc/ssl/private/shop.key'
tcp_keepalives_idle = 60

# memory
shared_buffers = 8GB                    # (change requires restart)
effective_cache_size = 24gb
work_mem = 32MB
maintenance_work_mem = 1GB
huge_pages = try
dynamic_shared_memory_type = posix

# write-ahead log
wal_level = replica
max_wal_size = 16GB
min_wal_size = 2GB
wal_compression = on
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
archive_mode = on
archive_command = 'pgbackrest --stanza=main archive-push %p'
max_wal_senders = 10
wal_keep_size = 4GB

# planner
random_page_cost = 1.1
effective_io_concurrency = 200
default_statistics_target = 200

# logging
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = 1s
log_checkpoints = on
log_lock_waits = on
log_temp_files = 64MB
log_timezone = 'Europe/Berlin'

# autovacuum
autovacuum_max_workers = 5
autovacuum_vacuum_scale_factor = 0.05
autovacuum_vacuum_cost_limit = 2000

# the rest
TimeZone = 'Europe/Berlin'
shared_preload_libraries = 'pg_stat_statements'
pg_stat_statements.max = 10000`;
