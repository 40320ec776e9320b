/** How many rows each group of the survey of peers' controls has: A01 to A30 and so on. */
const GROUPS: Readonly<Record<string, number>> = {
  A: 30,
  B: 7,
  C: 11,
  D: 9,
  E: 29,
  F: 11,
  G: 13,
  H: 11,
  I: 13,
  J: 6,
  K: 7,
  L: 4,
  M: 8,
  N: 6,
  O: 5,
  P: 3,
  Q: 4,
  R: 7,
  S: 5,
  T: 46,
  U: 25,
};

/** What is worth saying of a pgbouncer.ini, from its manual, its source and its issues. */
const POOLER = `
  unknown-setting unknown-section case bad-int bad-time bad-enum bad-bool inline-comment quoted-value quoted-db-name int-wrap section-reset
  duplicate-setting duplicate-database connstr-tab connstr-empty-value connstr-quote-tail connstr-unknown-key atoi-number include-relative userlist hba wrong-unit name-removed
  auth-any auth-trust auth-plain auth-md5 scram-needs-secret auth-hba-file-missing auth-file-missing auth-ldap auth-cert
  auth-query-superuser auth-query-valid-until search-path-cve auth-query-shape auth-dbname
  auth-user-missing-in-userlist listen-wildcard admin-users reload-hazard known-cves password-in-databases secrets-mode
  forced-user host-localhost-auth self-loop client-tls-off client-tls-files server-tls-weak tls-old socket-mode
  startup-ignore statement-mode tx-session-features tx-prepared session-prepared reset-query-ignored reset-query-always
  reset-query-empty min-pool-size-forced track-extra disable-pqexec app-name-host D1 D2 D3 D4 D5 D6 D7 D8 D9
  query-wait-0 idle-tx-0 query-timeout client-idle transaction-timeout server-lifetime server-idle login-retry
  connect-timeout dns-ttl suspend keepalive user-timeout check-query`;

export const CONTROLS: readonly string[] = [
  ...Object.entries(GROUPS).flatMap(([group, rows]) =>
    Array.from({ length: rows }, (_, at) => `${group}${String(at + 1).padStart(2, "0")}`),
  ),
  ...POOLER.trim()
    .split(/\s+/)
    .map((id) => `pgbouncer/${id}`),
];
