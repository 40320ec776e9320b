import { settingDocs } from "../../catalog/manual.ts";
import type { Advice } from "../advice.ts";
import type { Sized } from "../sized.ts";

const LOCKS = 64;

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
  if (locks > LOCKS && request.manyTables)
    advice.push({
      name: "max_locks_per_transaction",
      value: String(locks),
      reason: "A query over a table with many chunks locks each of them",
      arithmetic: `${locks} x ${connections.count} connections x 0.4kB of shared memory`,
      source: settingDocs("locks", "max_locks_per_transaction"),
    });
  return advice;
}
