import { formatIp } from "../../access/address.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { HbaAddress, HbaFile, HbaLine } from "../../cluster/hba.ts";
import type { AuthToken } from "../../syntax/auth-tokens.ts";
import type { SecretKind } from "../../syntax/userlist.ts";
import type { Place } from "../../text/source.ts";
import { type Backend, besides, type Origin } from "./cross-backends.ts";
import { known, listOf, pairOf, pairPlace, word } from "./pooler-settings.ts";

/** How the server meets a login: by a record, by none (or a reject), or we cannot tell. */
export type Landing = HbaLine | "turned away" | "unknown";

/** PgBouncer logging in to the server beside it. */
export interface ServerLogin {
  readonly backend: Backend;
  readonly user: string;
  readonly origin: Origin;
  readonly landing: Landing;
  /** Where one that is turned away would land if the connection were encrypted. */
  readonly encrypted: Landing;
}

/** A large userlist is not looked at to its end. */
const MOST_USERS = 50;

const found = new WeakMap<Cluster, readonly ServerLogin[]>();

/** Every login of PgBouncer's to the server beside it that the files tell of. */
export function serverLoginsHere(cluster: Cluster): readonly ServerLogin[] {
  const known = found.get(cluster) ?? [...loginsOf(cluster)];
  found.set(cluster, known);
  return known;
}

function* loginsOf(cluster: Cluster): Generator<ServerLogin> {
  const { hba } = cluster;
  if (!hba?.accepts) return;
  const tls = usesTls(cluster);
  const listed = usersListed(cluster).slice(0, MOST_USERS);
  for (const backend of besides(cluster).here) {
    const own = ownUser(cluster, backend);
    for (const user of own === undefined ? listed : [own])
      for (const origin of backend.origins) {
        const land = (encrypted: boolean | undefined) =>
          landingOf(hba, { user, database: backend.onServer, origin, encrypted });
        const landing = land(origin.kind === "tcp" ? tls : false);
        const isSame = landing !== "turned away" || origin.kind === "socket" || tls === true;
        yield { backend, user, origin, landing, encrypted: isSame ? landing : land(true) };
      }
  }
}

/** Whether connections to the server are encrypted; undefined where the files leave it open. */
function usesTls({ pooler, conf }: Cluster): boolean | undefined {
  const mode = pooler && word(pooler, "server_tls_sslmode");
  if (mode === undefined) return undefined;
  const ssl = conf?.known("ssl")?.value;
  if (mode === "disable" || ssl === false) return false;
  return ssl === true || !["allow", "prefer"].includes(mode) ? true : undefined;
}

/** The role that has to be let in, whoever the client is. */
function ownUser({ pooler }: Cluster, { forcedUser, authUser, target }: Backend): string | undefined {
  if (forcedUser !== null) return forcedUser;
  const elsewhere = pairOf(target, "auth_dbname") ?? (pooler && known(pooler, "auth_dbname"));
  return authUser !== null && !elsewhere ? authUser : undefined;
}

/** The users of the userlist who are not there for PgBouncer's console. */
export function usersListed({ pooler, poolerAccess }: Cluster): string[] {
  const list = poolerAccess?.userlist;
  if (!pooler || !list || list.error || known(pooler, "auth_user") || word(pooler, "auth_type") === "any")
    return [];
  const console = new Set(
    ["admin_users", "stats_users"].flatMap((name) => listOf(known(pooler, name) ?? "")),
  );
  const users = new Set(list.entries.map(({ user }) => user).filter((user) => !console.has(user)));
  return [...users];
}

interface Login {
  readonly user: string;
  readonly database: string | null;
  readonly origin: Origin;
  readonly encrypted: boolean | undefined;
}

type Match = "yes" | "no" | "maybe";

/** The first record that matches, as the server goes through them. */
function landingOf({ lines, version }: HbaFile, login: Login): Landing {
  for (const line of lines) {
    const match = both(
      matchesType(line, login),
      () => matchesAddress(line.address, login.origin),
      () => any(line.databases, (token) => matchesDatabase(token, login, version.major)),
      () => any(line.users, (token) => matchesUser(token, login.user, version.major)),
    );
    if (match === "maybe") return "unknown";
    if (match === "yes") return line.method === "reject" ? "turned away" : line;
  }
  return "turned away";
}

function both(first: Match, ...others: readonly (() => Match)[]): Match {
  let all = first;
  for (const other of others) {
    if (all === "no") return "no";
    const next = other();
    if (next !== "yes") all = next;
  }
  return all;
}

function any(tokens: readonly AuthToken[], matches: (token: AuthToken) => Match): Match {
  let best: Match = "no";
  for (const token of tokens) {
    const match = matches(token);
    if (match === "yes") return "yes";
    if (match === "maybe") best = "maybe";
  }
  return best;
}

const sure = (matches: boolean): Match => (matches ? "yes" : "no");

function matchesType({ type }: HbaLine, { origin, encrypted }: Login): Match {
  if (type === "local" || origin.kind === "socket") return sure(type === "local" && origin.kind === "socket");
  if (type === "hostgssenc") return "no";
  if (type === "host" || type === "hostnogssenc") return "yes";
  return encrypted === undefined ? "maybe" : sure(encrypted === (type === "hostssl"));
}

/** A client on the server's own machine is in samehost and in samenet. */
function matchesAddress(address: HbaAddress | null, origin: Origin): Match {
  if (address === null || origin.kind === "socket") return "yes";
  if (address.kind === "name") return address.name === "localhost" ? "yes" : "maybe";
  if (address.kind !== "network") return "yes";
  const { ip, mask } = address;
  const inside = ip.every((byte, at) => (((origin.ip[at] ?? 0) ^ byte) & (mask[at] ?? 0)) === 0);
  return sure(ip.length === origin.ip.length && inside);
}

const isRegex = ({ text }: AuthToken, major: number) => major >= 16 && text.startsWith("/");

function matchesDatabase(token: AuthToken, { user, database }: Login, major: number): Match {
  const { text, quoted } = token;
  if (!quoted && text === "all") return "yes";
  if (!quoted && text === "replication") return "no";
  if (database === null || isRegex(token, major)) return "maybe";
  if (!quoted && (text === "samerole" || text === "samegroup")) return "maybe";
  return sure(!quoted && text === "sameuser" ? user === database : text === database);
}

function matchesUser(token: AuthToken, user: string, major: number): Match {
  const { text, quoted } = token;
  if (!quoted && text === "all") return "yes";
  if ((!quoted && text.startsWith("+")) || isRegex(token, major)) return "maybe";
  return sure(text === user);
}

/** "through the socket" or "from 127.0.0.1". */
export const wayOf = (origin: Origin): string =>
  origin.kind === "socket" ? "through the Unix socket" : `from ${formatIp(origin.ip)}`;

/** What PgBouncer has to log in with, and where that stands. */
export interface StoredSecret {
  readonly kind: SecretKind;
  readonly place: Place;
}

/** The password beside a forced user, else the user's in the userlist. */
export function secretOf(
  { poolerAccess }: Cluster,
  { backend, user }: ServerLogin,
): StoredSecret | undefined {
  const beside = backend.forcedUser === user ? pairOf(backend.target, "password") : undefined;
  if (beside) return { kind: kindOf(beside.value), place: pairPlace(backend.target, beside) };
  const list = poolerAccess?.userlist;
  const entry = list?.entries.find((other) => other.user === user);
  return list && entry && { kind: entry.secret, place: { source: list.source, span: entry.secretSpan } };
}

function kindOf(password: string): SecretKind {
  if (/^md5[0-9a-f]{32}$/.test(password)) return "md5";
  return password.startsWith("SCRAM-SHA-256$") ? "scram" : "plain";
}

/** Where a login's role is written, else the name of the database. */
export function placeOfLogin({ backend: { target, forcedUser, authUser }, user }: ServerLogin): Place {
  const key = forcedUser === user ? "user" : authUser === user ? "auth_user" : undefined;
  const pair = key === undefined ? undefined : pairOf(target, key);
  return pair ? pairPlace(target, pair) : { source: target.source, span: target.entry.keySpan };
}
