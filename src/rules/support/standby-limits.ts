import type { Version } from "../../catalog/version.ts";

/** In the order in which the server looks; from 12 on the primary tells its max_wal_senders as well. */
const LIMITS = [
  "max_connections",
  "max_worker_processes",
  "max_wal_senders",
  "max_prepared_transactions",
  "max_locks_per_transaction",
];

/** What a standby that serves queries needs at least as much of as its primary. */
export const standbyLimits = ({ major }: Version): readonly string[] =>
  LIMITS.filter((name) => name !== "max_wal_senders" || major >= 12);
