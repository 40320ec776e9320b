import { poolerDocs } from "../../catalog/manual.ts";
import type { Advice } from "../advice.ts";
import type { Sized } from "../sized.ts";

export function poolerAdvice({ pools, connections, request: { site } }: Sized): Advice[] {
  if (!pools) return [];
  const { pool, reserve, clients, servers } = pools;
  return [
    {
      name: "default_pool_size",
      value: String(pool),
      reason: "Two server connections keep a CPU busy while one of them waits for the disk or its client",
      arithmetic: `2 x ${site.cpus} CPUs, between 5 and 200, as far as the memory goes; share it out where several pairs of a database and a user are in use`,
      source: poolerDocs("default_pool_size"),
    },
    {
      name: "reserve_pool_size",
      value: String(reserve),
      reason: "For clients that waited for reserve_pool_timeout",
      arithmetic: `${pool} / 4`,
      source: poolerDocs("reserve_pool_size"),
    },
    {
      name: "max_db_connections",
      value: String(servers),
      reason: `However many users there are, max_connections = ${connections.count} has room for them`,
      arithmetic: `${pool} + ${reserve}`,
      source: poolerDocs("max_db_connections"),
    },
    {
      name: "max_client_conn",
      value: String(clients),
      reason: "Clients that wait for a server connection cost next to nothing here",
      arithmetic: `${clients} clients; each is an open file`,
      source: poolerDocs("max_client_conn"),
    },
  ];
}
