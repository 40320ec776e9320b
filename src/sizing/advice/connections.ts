import { settingDocs } from "../../catalog/manual.ts";
import type { Advice } from "../advice.ts";
import { LOCKS, type Sized } from "../sized.ts";

export function connectionAdvice({ connections, locks, pools, request }: Sized): Advice[] {
  const advice: Advice[] = [
    {
      name: "max_connections",
      value: String(connections.count),
      reason: pools
        ? "What PgBouncer opens, and some for administration, backups and monitoring"
        : "Each session has memory of its own, and the CPUs serve only so many at a time",
      arithmetic: connections.arithmetic,
      source: settingDocs("connection", "max_connections"),
    },
  ];
  if (locks > LOCKS)
    advice.push({
      name: "max_locks_per_transaction",
      value: String(locks),
      reason: request.manyTables
        ? "A query over a table with many chunks locks each of them"
        : "As there are already; a standby must not have fewer than its primary",
      arithmetic: `${locks} x ${connections.count} connections x 0.4kB of shared memory`,
      source: settingDocs("locks", "max_locks_per_transaction"),
    });
  return [...advice, ...keptForStandbys(request)];
}

/** What nobody sizes, and what a standby must not have fewer of than its primary. */
const KEPT = [
  { name: "max_wal_senders", topic: "replication", usual: 10 },
  { name: "max_prepared_transactions", topic: "resource", usual: 0 },
] as const;

function keptForStandbys({ current }: Sized["request"]): Advice[] {
  return KEPT.flatMap(({ name, topic, usual }) => {
    const now = current(name) ?? usual;
    if (now <= usual) return [];
    return {
      name,
      value: String(now),
      reason: "As there are already; a standby must not have fewer than its primary",
      arithmetic: `${now}, as there are already`,
      source: settingDocs(topic, name),
    };
  });
}
