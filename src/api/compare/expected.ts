/** Settings that servers of one group have each for itself: names, addresses and places of the host. */
const OF_THE_HOST: ReadonlySet<string> = new Set([
  ...["bonjour_name", "cluster_name", "config_file", "data_directory", "event_source", "external_pid_file"],
  ...["hba_file", "ident_file", "krb_server_keyfile", "listen_addresses", "log_directory", "port"],
  ...["ssl_ca_file", "ssl_cert_file", "ssl_crl_dir", "ssl_crl_file", "ssl_dh_params_file", "ssl_key_file"],
  ...["stats_temp_directory", "syslog_ident", "unix_socket_directories", "unix_socket_group"],
  ...["auth_file", "auth_hba_file", "auth_ident_file", "client_tls_ca_file", "client_tls_cert_file"],
  ...["client_tls_key_file", "job_name", "listen_addr", "listen_port", "logfile", "peer_id", "pidfile"],
  ...["resolv_conf", "server_tls_ca_file", "server_tls_cert_file", "server_tls_key_file", "syslog_ident"],
  ...["unix_socket_dir", "unix_socket_group", "user"],
]);

/** What two standbys of one primary differ in as well: whom it follows, by which slot, up to where. */
const OF_ONE_STANDBY: ReadonlySet<string> = new Set([
  ...["primary_conninfo", "primary_slot_name", "recovery_target", "recovery_target_action"],
  ...["recovery_target_inclusive", "recovery_target_lsn", "recovery_target_name", "recovery_target_time"],
  ...["recovery_target_timeline", "recovery_target_xid", "synchronous_standby_names"],
  "synchronized_standby_slots",
]);

/** What counts only on a standby, or only on a primary; after a switchover the others' value counts. */
const OF_THE_ROLE: ReadonlySet<string> = new Set([
  ...["archive_cleanup_command", "archive_command", "archive_library", "archive_mode", "hot_standby"],
  ...["hot_standby_feedback", "max_standby_archive_delay", "max_standby_streaming_delay"],
  ...["promote_trigger_file", "recovery_end_command", "recovery_min_apply_delay", "restore_command"],
  ...["sync_replication_slots", "wal_receiver_create_temp_slot", "wal_receiver_status_interval"],
  ...["wal_receiver_timeout", "wal_retrieve_retry_interval"],
]);

/** Whose a setting is: of every server alike, of the host, of one standby alone, or of the part that a server plays. */
export type Owner = "group" | "host" | "standby" | "role";

/** `key` as in the values of a server: a setting's name, or one with its section in front. */
export function ownerOf(key: string): Owner {
  const [, name = key] = /^\[pgbouncer\] (.*)$/.exec(key) ?? [];
  if (key.startsWith("[peers]") || OF_THE_HOST.has(name)) return "host";
  if (OF_ONE_STANDBY.has(name)) return "standby";
  return OF_THE_ROLE.has(name) ? "role" : "group";
}
