import { type Ip, parseIp } from "../../access/address.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Pooler } from "../../cluster/pooler.ts";
import type { Confidence } from "../../engine/rule.ts";
import { databasesOf, type PoolerDatabase } from "./pooler-pools.ts";
import { known, pairOf } from "./pooler-settings.ts";

/** From where PgBouncer connects to a server on its own machine. */
export type Origin =
  | { readonly kind: "socket"; readonly directory: string | undefined }
  /** Whatever address of 127.0.0.0/8 it connects to, Linux has it come from 127.0.0.1. */
  | { readonly kind: "tcp"; readonly ip: Ip; readonly to: Ip };

/** A database of pgbouncer.ini whose server is on PgBouncer's own machine. */
export interface Backend extends PoolerDatabase {
  /** Its name on the server; null where the client says it. */
  readonly onServer: string | null;
  readonly origins: readonly Origin[];
}

/** How the databases of a pooler lie to the server whose files are beside it. */
interface Beside {
  /** On its machine and its port, as far as the files tell. */
  readonly here: readonly Backend[];
  /** On its machine, and on other ports. */
  readonly otherPort: readonly Backend[];
  /** The databases of the one server elsewhere that PgBouncer is for, where none is on its own machine. */
  readonly maybe: readonly PoolerDatabase[];
}

const found = new WeakMap<Cluster, Beside>();

export function besides(cluster: Cluster): Beside {
  const known = found.get(cluster) ?? look(cluster);
  found.set(cluster, known);
  return known;
}

/** The databases that this server most likely has, and how sure that is; for rules that are about all of them. */
export function databasesHere(cluster: Cluster): {
  readonly databases: readonly PoolerDatabase[];
  readonly confidence: Confidence;
} {
  const { here, maybe } = besides(cluster);
  return here.length > 0 ? { databases: here, confidence: "high" } : { databases: maybe, confidence: "low" };
}

const NONE: Beside = { here: [], otherPort: [], maybe: [] };

function look({ pooler, conf, hasPostgres }: Cluster): Beside {
  if (!pooler || !hasPostgres) return NONE;
  const databases = databasesOf(pooler);
  const local = databases.flatMap((database) => backendOf(pooler, database) ?? []);
  const port = conf?.known("port")?.value;
  const isHere = (backend: Backend) => port === undefined || backend.port === port;
  const servers = new Set(databases.map(({ hosts, port: at }) => `${hosts?.join() ?? ""}:${at}`));
  return {
    here: local.filter(isHere),
    otherPort: local.filter((backend) => !isHere(backend)),
    maybe: local.length === 0 && servers.size === 1 ? databases : [],
  };
}

function backendOf(pooler: Pooler, database: PoolerDatabase): Backend | undefined {
  const origins = originsOf(pooler, database);
  if (!origins) return undefined;
  const { target, name } = database;
  const onServer = pairOf(target, "dbname")?.value ?? (name === "*" ? null : name);
  return { ...database, onServer, origins };
}

/** undefined: another machine, or a name that may be one. */
function originsOf(pooler: Pooler, { target, hosts }: PoolerDatabase): Origin[] | undefined {
  if (hosts === null) {
    const directory = pairOf(target, "host")?.value ?? known(pooler, "unix_socket_dir");
    return [{ kind: "socket", directory: directory === "" ? "/tmp" : directory }];
  }
  const origins: Origin[] = [];
  for (const host of hosts) {
    const ips = host === "localhost" ? [LOOPBACK, LOOPBACK_6] : [parseIp(host)];
    for (const ip of ips) {
      if (!ip || !isLoopback(ip)) return undefined;
      origins.push({ kind: "tcp", ip: ip.length === 4 ? LOOPBACK : ip, to: ip });
    }
  }
  return origins;
}

const LOOPBACK: Ip = [127, 0, 0, 1];
const LOOPBACK_6: Ip = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

const isLoopback = (ip: Ip): boolean =>
  ip.length === 4 ? ip[0] === 127 : ip.every((byte, at) => byte === LOOPBACK_6[at]);
