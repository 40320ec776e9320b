/** What became of a name. `until` stands here for what went before 10; the catalog knows the rest. */
export interface Former {
  readonly until?: number;
  readonly use?: string;
  readonly advice: string;
}

const RECOVERY_CONF: Former = { advice: "Up to PostgreSQL 11 this line belongs in recovery.conf." };

const DEBUG_BUILD: Former = {
  advice: "Only a server that was compiled for debugging has this setting; remove the line.",
};

/** Names that came or went, the latest first. */
export const PAST: ReadonlyMap<string, Former> = new Map([
  ["ssl_ecdh_curve", { use: "ssl_groups", advice: "Name the curves in ssl_groups, which takes a list." }],
  ["db_user_namespace", { advice: "Remove it; users that belong to one database are gone." }],
  ["old_snapshot_threshold", { advice: "Remove it, and bound long transactions with transaction_timeout." }],
  ["trace_recovery_messages", { advice: "Remove it; log_min_messages rules recovery as well." }],
  [
    "force_parallel_mode",
    {
      use: "debug_parallel_query",
      advice: "It makes queries slower and is for tests only: remove the line.",
    },
  ],
  [
    "lc_collate",
    { advice: "The collation belongs to each database; give it to CREATE DATABASE or initdb instead." },
  ],
  [
    "lc_ctype",
    {
      advice:
        "The character classes belong to each database; give them to CREATE DATABASE or initdb instead.",
    },
  ],
  ["promote_trigger_file", { advice: "Promote with pg_ctl promote or SELECT pg_promote()." }],
  [
    "vacuum_defer_cleanup_age",
    { advice: "Keep rows for a standby with hot_standby_feedback or a replication slot." },
  ],
  ["stats_temp_directory", { advice: "Remove it; statistics are kept in shared memory." }],
  ["operator_precedence_warning", { advice: "Remove it; it only helped to move to PostgreSQL 9.5." }],
  ["vacuum_cleanup_index_scale_factor", { advice: "Remove it; B-tree indexes decide by themselves." }],
  [
    "wal_keep_segments",
    {
      use: "wal_keep_size",
      advice: "Write the number times wal_segment_size, which is 16MB unless initdb was told otherwise.",
    },
  ],
  ["default_with_oids", { advice: "Remove it; tables with OIDs are gone, and only off is still accepted." }],
  [
    "standby_mode",
    {
      until: 11,
      advice:
        "Create an empty file standby.signal in the data directory instead; up to 11 it belongs in recovery.conf.",
    },
  ],
  [
    "trigger_file",
    {
      until: 11,
      advice: "Promote with pg_ctl promote or SELECT pg_promote(); up to 11 it belongs in recovery.conf.",
    },
  ],
  ...[
    ...["archive_cleanup_command", "primary_conninfo", "primary_slot_name", "recovery_end_command"],
    ...["recovery_min_apply_delay", "recovery_target", "recovery_target_action", "recovery_target_inclusive"],
    ...["recovery_target_lsn", "recovery_target_name", "recovery_target_time", "recovery_target_timeline"],
    ...["recovery_target_xid", "restore_command"],
  ].map((name): [string, Former] => [name, RECOVERY_CONF]),
  ["replacement_sort_tuples", { advice: "Remove it; sorts of any size use quicksort." }],
  [
    "sql_inheritance",
    { until: 9.6, advice: "Remove it; write ONLY in a query that must leave child tables out." },
  ],
  [
    "min_parallel_relation_size",
    {
      until: 9.6,
      use: "min_parallel_table_scan_size",
      advice: "It was split; min_parallel_index_scan_size is the other half.",
    },
  ],
  [
    "checkpoint_segments",
    {
      until: 9.4,
      use: "max_wal_size",
      advice: "Three times the number, times 16MB, comes close to the old behaviour.",
    },
  ],
  [
    "ssl_renegotiation_limit",
    { advice: "Remove it; connections are never renegotiated, and only 0 is still accepted." },
  ],
  [
    "krb_srvname",
    { until: 9.3, advice: "Set the service with krb_server_keyfile, and krbsrvname on the client." },
  ],
  ["replication_timeout", { until: 9.2, use: "wal_sender_timeout", advice: "Only the name changed." }],
  [
    "unix_socket_directory",
    {
      until: 9.2,
      use: "unix_socket_directories",
      advice: "It takes a list now; one directory works as before.",
    },
  ],
  ["custom_variable_classes", { until: 9.1, advice: "Remove it; any name with a dot is accepted." }],
  ["silent_mode", { until: 9.1, advice: "Remove it; start the server with pg_ctl or a service manager." }],
  ["add_missing_from", { until: 8.4, advice: "Remove it; queries must list all their tables." }],
  [
    "regex_flavor",
    { until: 8.4, advice: "Remove it; write (?b) or (?e) into the pattern where it matters." },
  ],
  ["max_fsm_pages", { until: 8.3, advice: "Remove it; the free space map grows by itself." }],
  ["max_fsm_relations", { until: 8.3, advice: "Remove it; the free space map grows by itself." }],
  ["redirect_stderr", { until: 8.2, use: "logging_collector", advice: "Only the name changed." }],
  ["stats_command_string", { until: 8.2, use: "track_activities", advice: "Only the name changed." }],
  [
    "stats_block_level",
    { until: 8.2, use: "track_counts", advice: "One setting counts both rows and blocks." },
  ],
  [
    "stats_row_level",
    { until: 8.2, use: "track_counts", advice: "One setting counts both rows and blocks." },
  ],
  ["stats_start_collector", { until: 8.2, advice: "Remove it; statistics are always collected." }],
  ["stats_reset_on_server_start", { until: 8.2, advice: "Call pg_stat_reset() instead." }],
  [
    "bgwriter_all_maxpages",
    { until: 8.2, advice: "Remove it; checkpoints spread their writes by themselves." },
  ],
  [
    "bgwriter_all_percent",
    { until: 8.2, advice: "Remove it; checkpoints spread their writes by themselves." },
  ],
  [
    "bgwriter_lru_percent",
    { until: 8.2, use: "bgwriter_lru_multiplier", advice: "The writer follows the demand for buffers now." },
  ],
  ["preload_libraries", { until: 8.1, use: "shared_preload_libraries", advice: "Only the name changed." }],
  ["australian_timezones", { until: 8.1, advice: "Set timezone_abbreviations = 'Australia' instead." }],
  [
    "tcpip_socket",
    { until: 7.4, use: "listen_addresses", advice: "Write listen_addresses = '*' for true, '' for false." },
  ],
  ["virtual_host", { until: 7.4, use: "listen_addresses", advice: "It takes a list of addresses." }],
  ["log_pid", { until: 7.4, use: "log_line_prefix", advice: "Write %p into log_line_prefix." }],
  ["log_timestamp", { until: 7.4, use: "log_line_prefix", advice: "Write %m into log_line_prefix." }],
  ["syslog", { until: 7.4, use: "log_destination", advice: "Write log_destination = 'syslog'." }],
]);

/** Names that belong to somebody else's server. */
export const ELSEWHERE: ReadonlyMap<string, Former> = new Map([
  [
    "extension_destdir",
    {
      advice:
        "Debian's and Ubuntu's servers have it; from PostgreSQL 18 on extension_control_path does this everywhere.",
    },
  ],
  ...[
    ...["debug_deadlocks", "log_btree_build_stats", "optimize_bounded_sort", "trace_lock_oidmin"],
    ...["trace_lock_table", "trace_locks", "trace_lwlocks", "trace_syncscan", "trace_userlocks", "wal_debug"],
  ].map((name): [string, Former] => [name, DEBUG_BUILD]),
  ...[
    ["auth_file", undefined, "It is PgBouncer's; PostgreSQL keeps passwords in its roles."],
    ["auth_type", undefined, "It is PgBouncer's; PostgreSQL chooses the method in pg_hba.conf."],
    ["default_pool_size", undefined, "It is PgBouncer's; PostgreSQL has no pools."],
    ["listen_addr", "listen_addresses", "That is PgBouncer's name for it."],
    ["listen_port", "port", "That is PgBouncer's name for it."],
    ["max_client_conn", "max_connections", "That is PgBouncer's name for it."],
    ["pidfile", "external_pid_file", "That is PgBouncer's name for it."],
    ["pool_mode", undefined, "It is PgBouncer's; PostgreSQL has no pools."],
    ["unix_socket_dir", "unix_socket_directories", "That is PgBouncer's name for it."],
    ["unix_socket_mode", "unix_socket_permissions", "That is PgBouncer's name for it."],
  ].map(([name = "", use, advice = ""]): [string, Former] => [name, use ? { use, advice } : { advice }]),
]);
