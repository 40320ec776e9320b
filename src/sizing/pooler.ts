import { clamp } from "./round.ts";

export interface PoolSizes {
  /** default_pool_size */
  readonly pool: number;
  /** reserve_pool_size */
  readonly reserve: number;
  /** max_client_conn */
  readonly clients: number;
  /** Connections that PgBouncer opens to the server at most. */
  readonly servers: number;
  /** Open files that PgBouncer needs: one for each connection, and some for its own. */
  readonly files: number;
}

/** Connections beside the pools: superuser_reserved_connections, backups, monitoring, an administrator. */
export const DIRECT_CONNECTIONS = 10;
const CLIENTS = 1000;
const OWN_FILES = 50;

const SMALLEST = 5;
const LARGEST = 200;

/** A pool for the pair of a database and a user that does the work; smaller where the memory has no room for it. */
export function poolSizes(cpus: number, clients = CLIENTS, fits: (servers: number) => boolean): PoolSizes {
  let pool = clamp(Math.round(2 * cpus), SMALLEST, LARGEST);
  while (pool > SMALLEST && !fits(pool + reserveOf(pool))) pool--;
  const reserve = reserveOf(pool);
  const servers = pool + reserve;
  return { pool, reserve, clients, servers, files: clients + servers + OWN_FILES };
}

const reserveOf = (pool: number): number => Math.max(1, Math.floor(pool / 4));

/** max_connections for so many from the pooler. */
export const connectionsBehind = (servers: number): number =>
  Math.ceil((servers + DIRECT_CONNECTIONS) / 10) * 10;
