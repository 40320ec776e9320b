/** Libraries that come with PostgreSQL and may be preloaded. */
const CONTRIB =
  "auth_delay auto_explain basebackup_to_shell basic_archive dblink file_fdw passwordcheck pg_overexplain pg_prewarm pg_stat_statements pg_trgm pgcrypto pgoutput plperl plpgsql plpython3u pltcl postgres_fdw sepgsql sslinfo tablefunc test_decoding vacuumlo hstore_plperl ltree unaccent";

/** Extensions that are widely installed; the list only keeps us from doubting them. */
const COMMON =
  "age amcheck anon bg_mon citus citus_columnar columnar credcheck cron_pg ddl_historization decoderbufs dbms_job edb_gen ext_stat_statements google_columnar_engine hypopg logerrors lower_quantile oracle_fdw orafce pg_auth_mon pg_bigm pg_background pg_bulkload pg_cron pg_documentdb_core pg_documentdb pg_duckdb pg_durable pg_failover_slots pg_hint_plan pg_ivm pg_ldap_sync pg_log_authfail pg_net pg_parquet pg_partman_bgw pg_pathman pg_permissions pg_profile pg_qualstats pg_query_state pg_readonly pg_repack pg_search pg_show_plans pg_squeeze pg_stat_kcache pg_stat_monitor pg_statement_rollback pg_store_plans pg_strom pg_task pg_tde pg_textsearch pg_tle pg_tracing pg_wait_sampling pgactive pgagent pgaudit pgauditlogtofile pgbouncer_fdw pgcollector pgextwlist pgfincore pgjwt pglogical pglogical_output pgl_ddl_deploy pgmemcache pgmeminfo pgml pgmq pgnodemx pgpool_adm pgpro_scheduler pgq pgroonga pgrouting pgsentinel pgsodium pgtap pgtt plan_filter plpgsql_check plprofiler plrust plugin_debugger plugins/plugin_debugger plv8 postgis-3 powa prefix priority ptrack pg_stat_log rdkit rds_casts rdsutils repmgr repmgr_funcs safeupdate set_user sr_plan supabase_vault supautils system_stats tcn timescaledb timescaledb_toolkit timeout vault vchord vectors vectorscale wal2json wal2mongo walminer xact_reader zombodb anonymizer bdr pg_analytics pg_anonymize mysql_fdw mongo_fdw tds_fdw online_advisor pg_visibility pg_buffercache spqr neon";

const known = new Set(`${CONTRIB} ${COMMON}`.split(" "));

/** Do we know a library of that name? A path and an ending do not matter. */
export function isKnownLibrary(name: string): boolean {
  const bare = name
    .replace(/^\$libdir\//, "")
    .replace(/^plugins\//, "")
    .replace(/\.so$/, "");
  return known.has(bare) || /^timescaledb-|^postgis-|^pg_documentdb/.test(bare);
}
