import { EVERY_WAY, PLAIN, SOCKET, TLS, type Ways } from "../../access/ways.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { HbaFile, HbaLine } from "../../cluster/hba.ts";
import { HbaReach } from "../../cluster/hba-reach.ts";
import type { Draft, Edit } from "../../engine/rule.ts";
import { type AuthToken, isKeyword } from "../../syntax/auth-tokens.ts";
import { isRemoteReach, listensOn, type Reach, reachOf, waysIn } from "./reach.ts";

export { isRemoteReach } from "./reach.ts";

/** A record that lets somebody in or keeps somebody out: one that never matches is none. */
export interface LiveLine {
  readonly line: HbaLine;
  /** Its place among the lines of the file. */
  readonly index: number;
  /** The ways in that earlier records leave to it. */
  readonly open: Ways;
  /** From where clients get to it. */
  readonly reach: Reach;
}

/** The live records, those of them that let somebody in, and from other machines. */
interface Lines {
  /** Those that would live if the server listened to every address. */
  readonly written: readonly LiveLine[];
  readonly live: readonly LiveLine[];
  readonly admitting: readonly LiveLine[];
  readonly remote: readonly LiveLine[];
  readonly withOptions: readonly LiveLine[];
  readonly byMethod: ReadonlyMap<string, readonly LiveLine[]>;
}

const allReaches = new WeakMap<HbaFile, HbaReach>();
const allLines = new WeakMap<Cluster, Lines>();

export function hbaReach(hba: HbaFile): HbaReach {
  const known = allReaches.get(hba) ?? new HbaReach(hba);
  allReaches.set(hba, known);
  return known;
}

/** Records that would match if the server listened to every address. */
export const writtenLines = (cluster: Cluster): readonly LiveLine[] => linesOf(cluster).written;

/** Records that connections get to. */
export const liveLines = (cluster: Cluster): readonly LiveLine[] => linesOf(cluster).live;

/** The live records of one method. */
export const withMethod = (cluster: Cluster, method: string): readonly LiveLine[] =>
  linesOf(cluster).byMethod.get(method) ?? [];

/** The live records that have options behind the method. */
export const withOptions = (cluster: Cluster): readonly LiveLine[] => linesOf(cluster).withOptions;

export const admitting = (cluster: Cluster): readonly LiveLine[] => linesOf(cluster).admitting;

/** Records that let clients on other machines in. */
export const admittingRemote = (cluster: Cluster): readonly LiveLine[] => linesOf(cluster).remote;

function linesOf(cluster: Cluster): Lines {
  const known = allLines.get(cluster) ?? findLines(cluster);
  allLines.set(cluster, known);
  return known;
}

function findLines(cluster: Cluster): Lines {
  const { hba, conf } = cluster;
  const ways = waysIn(conf);
  const shut = isShut(cluster);
  const written: LiveLine[] = [];
  const live: LiveLine[] = [];
  const byMethod = new Map<string, LiveLine[]>();
  for (const [index, { line, open }] of hba ? hbaReach(hba).lines.entries() : []) {
    const its = { line, index, open: open & (ways | ALL_BUT_TLS), reach: reachOf(line) };
    if (its.open === 0) continue;
    written.push(its);
    const reach = shut ? reachWithin(its.reach) : its.reach;
    if ((open & ways) === 0 || !reach) continue;
    const reached = { ...its, open: open & ways, reach };
    live.push(reached);
    const same = byMethod.get(line.method);
    if (same) same.push(reached);
    else byMethod.set(line.method, [reached]);
  }
  const admitting = live.filter(({ line }) => line.method !== "reject");
  const remote = admitting.filter(({ reach }) => isRemoteReach(reach));
  const withOptions = live.filter(({ line }) => line.options.length > 0);
  return { written, live, admitting, remote, withOptions, byMethod };
}

const ALL_BUT_TLS = EVERY_WAY & ~TLS;

/** Does the server listen to clients that a record names? */
export const isHeard = (line: HbaLine, cluster: Cluster): boolean =>
  (line.type === "local" || (waysIn(cluster.conf) & ~SOCKET) !== 0) &&
  (!isShut(cluster) || reachWithin(reachOf(line)) !== undefined);

/** A line of the configuration keeps every client on another machine out. */
function isShut({ conf }: Cluster): boolean {
  const listens = listensOn(conf);
  return Boolean(conf?.set.has("listen_addresses")) && (listens === "loopback" || listens === "socket");
}

/** What is left of it for programs on the server's own machine; undefined where that is nothing. */
function reachWithin(reach: Reach): Reach | undefined {
  if (reach === "everywhere" || reach === "loopback") return "loopback";
  return reach === "socket" ? "socket" : undefined;
}

/** Methods for which the client sends the password as it is. */
export const SENDS_PASSWORD: ReadonlySet<string> = new Set(["password", "ldap", "pam", "radius", "bsd"]);

/** Can what goes over the connection be read on the network? "possible" where the client decides. */
export function clearText({ line, open }: LiveLine, { conf }: Cluster): "never" | "possible" | "always" {
  if (line.type === "local" || (open & PLAIN) === 0) return "never";
  return (open & TLS) === 0 || conf?.known("ssl")?.value === false ? "always" : "possible";
}

/** What a record wants of the client's certificate: the user's own, any of the authority's, or none at all. */
export function certificateOf(line: HbaLine, { target }: Cluster): "own" | "any" | "none" {
  if (line.method === "cert") return "own";
  const wanted = optionOf(line, "clientcert");
  if (target.postgres.major >= 12 && wanted === "verify-full") return "own";
  return wanted === "1" || (target.postgres.major >= 12 && wanted === "verify-ca") ? "any" : "none";
}

export const optionOf = (line: HbaLine, name: string): string | undefined =>
  line.options.findLast((option) => option.name === name)?.value;

export const names = (tokens: readonly AuthToken[], keyword: string): boolean =>
  tokens.some((token) => isKeyword(token, keyword));

/** "10.0.0.0/8", "every address" */
export const addressText = (line: HbaLine): string =>
  line.address?.kind === "all" ? "every address" : writtenAddress(line);

/** "10.0.0.0 255.0.0.0", "all" */
export function writtenAddress({ address }: HbaLine): string {
  if (!address) return "the local socket";
  if (address.kind !== "network" || !address.maskToken) return address.token.text;
  return `${address.token.text} ${address.maskToken.text}`;
}

/** "any user", "users alice, bob" */
export function usersText({ users }: HbaLine): string {
  if (names(users, "all")) return "any user";
  const shown = users.slice(0, 3).map(({ text }) => text);
  const list = `${shown.join(", ")}${users.length > 3 ? ` and ${users.length - 3} more` : ""}`;
  return users.length === 1 ? `user ${list}` : `users ${list}`;
}

/** The record on one line, as people write it in a sentence. */
export function lineText(line: HbaLine): string {
  const list = (tokens: readonly AuthToken[]) =>
    tokens.length > 3 ? `${tokens[0]?.text},… (${tokens.length})` : tokens.map(({ text }) => text).join(",");
  const address = line.address ? ` ${writtenAddress(line)}` : "";
  return `${line.type} ${list(line.databases)} ${list(line.users)}${address} ${line.methodToken.text}`;
}

export interface Change {
  readonly type?: string;
  readonly address?: string;
  readonly method?: string;
}

/** The record with other words in it, for a finding: what to write, and the edit. Never safe: who gets in changes. */
export function rewritten(line: HbaLine, change: Change): Pick<Draft, "suggested" | "fix" | "apply"> {
  const edits = [...editsOf(line, change)];
  // The words of an @file belong to other records as well.
  const foreign = edits.some(({ place }) => place.source !== line.record.source);
  if (foreign || (change.method !== undefined && mixesOptions(line))) return { apply: "reload" };
  const written = [change.type, change.address, change.method].filter((word) => word !== undefined);
  const hasSecret = line.options.some(({ name }) => SECRETS.has(name));
  return {
    suggested: hasSecret ? written.join(" ") : textAfter(line, edits),
    apply: "reload",
    fix: { title: `Write ${written.join(" and ")}`, safe: false, edits },
  };
}

/** Options with a password in them, which no report repeats. */
export const SECRETS: ReadonlySet<string> = new Set(["ldapbindpasswd", "radiussecrets"]);

const ANY_METHOD = new Set(["clientcert", "clientname"]);

const mixesOptions = ({ options }: HbaLine) =>
  options.some(({ name }) => ANY_METHOD.has(name)) && options.some(({ name }) => !ANY_METHOD.has(name));

function* editsOf({ typeToken, address, methodToken, options }: HbaLine, change: Change): Generator<Edit> {
  if (change.type !== undefined) yield replacement(typeToken, typeToken, change.type);
  if (change.address !== undefined && address) {
    const mask = address.kind === "network" ? address.maskToken : null;
    yield replacement(address.token, mask ?? address.token, change.address);
  }
  // Another method takes other options.
  const last = options.findLast(({ name }) => !ANY_METHOD.has(name))?.token ?? methodToken;
  if (change.method !== undefined) yield replacement(methodToken, last, change.method);
}

/** Takes from the blanks behind it, or gives, so that columns stay where they are. */
function replacement(from: AuthToken, to: AuthToken, word: string): Edit {
  const { source, span } = from.place;
  const end = to.place.span.end;
  let blanks = end;
  while (source.text[blanks] === " ") blanks++;
  const free = Math.max(0, blanks - end - 1);
  const grown = word.length - (end - span.start);
  const text = free > 0 && grown < 0 ? word.padEnd(end - span.start) : word;
  return {
    place: { source, span: { start: span.start, end: end + Math.min(free, Math.max(0, grown)) } },
    text,
  };
}

function textAfter({ record }: HbaLine, edits: readonly Edit[]): string {
  const { source, span } = record.place;
  let text = "";
  let at = span.start;
  for (const edit of [...edits].sort((a, b) => a.place.span.start - b.place.span.start)) {
    text += source.text.slice(at, edit.place.span.start) + edit.text;
    at = edit.place.span.end;
  }
  const last = record.fields.at(-1)?.at(-1)?.place;
  const end = last?.source === source ? last.span.end : span.end;
  return text + source.text.slice(at, Math.max(at, end));
}
