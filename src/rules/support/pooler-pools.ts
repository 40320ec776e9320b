import { isSince } from "../../catalog/pooler-version.ts";
import type { Pooler, PoolerTarget } from "../../cluster/pooler.ts";
import type { PoolerAccess } from "../../cluster/pooler-access.ts";
import { atoi } from "../../cluster/pooler-values.ts";
import type { Place } from "../../text/source.ts";
import { known, lineOf, number, pairOf, pairPlace, topOf, word } from "./pooler-settings.ts";

/** A database of [databases] with what it inherits. */
export interface PoolerDatabase {
  readonly name: string;
  readonly target: PoolerTarget;
  /** Null: the Unix socket. */
  readonly hosts: readonly string[] | null;
  readonly port: number;
  /** The role that all clients share on the server. */
  readonly forcedUser: string | null;
  /** Undefined where the files leave it open. */
  readonly mode: string | undefined;
  readonly poolSize: number | undefined;
  readonly reserve: number | undefined;
  /** 0: no limit. */
  readonly maxConnections: number | undefined;
  readonly authUser: string | null;
}

const databases = new WeakMap<Pooler, readonly PoolerDatabase[]>();

export function databasesOf(pooler: Pooler): readonly PoolerDatabase[] {
  const found = databases.get(pooler);
  if (found) return found;
  const read = [...pooler.databases.values()].map((target) => databaseOf(pooler, target));
  databases.set(pooler, read);
  return read;
}

function databaseOf(pooler: Pooler, target: PoolerTarget): PoolerDatabase {
  const text = (key: string) => pairOf(target, key)?.value;
  const count = (key: string) => {
    const value = text(key);
    return value === undefined ? undefined : atoi(value);
  };
  const host = text("host");
  return {
    name: target.name,
    target,
    hosts: host === undefined || host.startsWith("/") ? null : host.split(","),
    port: count("port") ?? 5432,
    forcedUser: text("user") ?? null,
    mode: text("pool_mode")?.toLowerCase() ?? word(pooler, "pool_mode"),
    poolSize: nonNegative(count("pool_size")) ?? number(pooler, "default_pool_size"),
    reserve: count("reserve_pool_size") ?? count("reserve_pool") ?? number(pooler, "reserve_pool_size"),
    maxConnections: count("max_db_connections") || number(pooler, "max_db_connections"),
    authUser: text("auth_user") || known(pooler, "auth_user") || null,
  };
}

const nonNegative = (value: number | undefined) => (value !== undefined && value < 0 ? undefined : value);

/** A pool mode that is in use, and where it is asked for; no target where it is the global one. */
export interface ModeInUse {
  readonly mode: string;
  readonly target: PoolerTarget | null;
}

/** The modes of all pools: a user's wins over its database's, and that over the global one. */
export function modesInUse(pooler: Pooler): ModeInUse[] {
  const own = [...pooler.users.values(), ...pooler.databases.values()].flatMap((target) => {
    const pair = pairOf(target, "pool_mode");
    return pair ? [{ mode: pair.value.toLowerCase(), target }] : [];
  });
  const global = word(pooler, "pool_mode");
  const inherits =
    pooler.databases.size === 0 || [...pooler.databases.values()].some((it) => !pairOf(it, "pool_mode"));
  return global !== undefined && inherits ? [{ mode: global, target: null }, ...own] : own;
}

/** Does a pool hand its connections on before the client leaves? */
export const isShared = (mode: string): boolean => mode === "transaction" || mode === "statement";

/** How many roles may log in; undefined where a query or a directory says so. */
export function countUsers(pooler: Pooler, access: PoolerAccess | undefined): number | undefined {
  const list = access?.userlist;
  const open = databasesOf(pooler).some(({ authUser }) => authUser !== null);
  if (
    !list ||
    list.error ||
    list.entries.length === 0 ||
    open ||
    ["pam", "ldap", "any"].includes(word(pooler, "auth_type") ?? "")
  )
    return undefined;
  return new Set(list.entries.map(({ user }) => user)).size;
}

/** The pools of a database: one a user, or one for all where a user is forced; undefined where nobody can count them. */
export const poolsOf = (database: PoolerDatabase, users: number | undefined): number | undefined =>
  database.forcedUser === null ? users : 1;

/** The server connections that a database may have; a limit of 0 is none. */
export function mostConnections(database: PoolerDatabase, users: number | undefined): number | undefined {
  const pools = poolsOf(database, users);
  if (pools === undefined || database.poolSize === undefined) return undefined;
  const asked = pools * database.poolSize;
  return database.maxConnections ? Math.min(asked, database.maxConnections) : asked;
}

/** How many server connections all pools may have at least; where users cannot be counted, each database has one. */
export function serverConnections(pooler: Pooler, access: PoolerAccess | undefined): number {
  const users = countUsers(pooler, access) ?? 1;
  return databasesOf(pooler).reduce((sum, database) => sum + (mostConnections(database, users) ?? 0), 0);
}

/** The roles as which PgBouncer itself logs in to servers: forced users without a password beside them, and auth_user. */
export function serverLogins(pooler: Pooler): ReadonlySet<string> {
  const names = new Set<string>();
  const global = known(pooler, "auth_user");
  if (global) names.add(global);
  for (const { forcedUser, authUser, target } of databasesOf(pooler)) {
    if (forcedUser !== null && !pairOf(target, "password")) names.add(forcedUser);
    if (authUser !== null) names.add(authUser);
  }
  return names;
}

/** The methods by which clients may log in. */
export function clientMethods(pooler: Pooler, access: PoolerAccess | undefined): readonly string[] {
  const type = word(pooler, "auth_type");
  if (type !== "hba") return type === undefined ? [] : [type];
  const methods = new Set(access?.hba?.lines.map(({ method }) => method) ?? []);
  methods.delete("reject");
  return [...methods].map((method) => (method === "password" ? "plain" : method));
}

/** Prepared statements of the protocol, kept apart for each client, came with 1.21. */
export const tracksStatements = (pooler: Pooler): boolean => isSince(pooler.version, "1.21");

/** The place that asks for a mode: an entry's pool_mode, else the global line, else the start of the file. */
export function modePlace(pooler: Pooler, { target }: ModeInUse): Place {
  const pair = target && pairOf(target, "pool_mode");
  return target && pair ? pairPlace(target, pair) : (lineOf(pooler, "pool_mode") ?? topOf(pooler));
}
