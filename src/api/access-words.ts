import { formatIp } from "../access/address.ts";
import { type Block, ipOf } from "../access/blocks.ts";
import { textOfBytes } from "../access/bytes.ts";
import type { Element } from "../access/elements.ts";
import type { Origin } from "../access/patterns.ts";
import { PLAIN, SOCKET, TLS, type Ways } from "../access/ways.ts";
import type { Witness } from "../access/witness.ts";

/** Where some connections come from, who they are and where they go, in the words of the file. */
export interface Cells {
  /** "socket", "10.0.0.0/8", "0.0.0.0/0", "samenet", "db.example.com" */
  readonly from: readonly string[];
  readonly users: readonly string[];
  readonly databases: readonly string[];
}

export const ANYBODY = "all";
const ANY_IPV4 = "0.0.0.0/0";
const ANY_IPV6 = "::/0";

export function originWords({ blocks, name }: Origin): readonly string[] {
  if (name === null) return blocks.map(blockWord);
  const host = name.startsWith(":") ? textOfBytes(name.slice(1)) : name;
  const within = blocks.map(blockWord).filter((word) => word !== ANY_IPV4 && word !== ANY_IPV6);
  return within.length === 0 ? [host] : [`${host} in ${within.join(", ")}`];
}

/** 10.0.0.0/8; the mask itself where it is no prefix. */
export function blockWord({ family, words, mask }: Block): string {
  if (family === SOCKET) return "socket";
  const address = formatIp(ipOf(words));
  if (mask.odd) return `${address}/${formatIp(ipOf(mask.words))}`;
  return mask.length === 32 * words.length ? address : `${address}/${mask.length}`;
}

export function elementWord({ kind, text }: Element): string {
  const name = textOfBytes(text);
  if (kind === "name") return KEYWORDS.has(name) || /^[+/]/.test(name) ? `"${name}"` : name;
  if (kind === "member") return `+${name}`;
  if (kind === "expression") return `/${name}`;
  return kind === "any" ? ANYBODY : kind;
}

const KEYWORDS: ReadonlySet<string> = new Set([ANYBODY, "sameuser", "samerole", "samegroup", "replication"]);

const LOOPBACK_V4 = ["127.0.0.1", "127.0.0.0/8"];
const LOOPBACK = [...LOOPBACK_V4, "::1", "localhost"];

export const isLocalWord = (word: string): boolean => word === "socket" || LOOPBACK.includes(word);
export const isAnywhere = (word: string): boolean => word === ANY_IPV4 || word === ANY_IPV6;
export const isRemoteWord = (word: string): boolean => !isLocalWord(word) && word !== "samehost";

/** "this machine, 10.0.0.0/8", "any address" */
export function fromText(words: readonly string[]): string {
  const tcp = words.filter((word) => LOOPBACK.includes(word));
  const socket = words.includes("socket");
  const texts: string[] = [];
  if (socket || tcp.length > 0) texts.push(thisMachine(socket, tcp));
  const anywhere = words.filter(isAnywhere);
  if (anywhere.length === 2) texts.push("any address");
  else if (anywhere[0] === ANY_IPV4) texts.push("any IPv4 address");
  else if (anywhere[0] === ANY_IPV6) texts.push("any IPv6 address");
  texts.push(...words.filter((word) => !isLocalWord(word) && !isAnywhere(word)).map(networkText));
  return few(texts);
}

function thisMachine(socket: boolean, tcp: readonly string[]): string {
  const families = new Set(tcp.map((word) => LOOPBACK_V4.includes(word)));
  const both = families.size === 2 || tcp.includes("localhost");
  if (socket)
    return both
      ? "this machine"
      : tcp.length === 0
        ? "this machine (socket)"
        : `this machine (socket, ${tcp.join(", ")})`;
  return both ? "this machine (TCP)" : `this machine (${tcp.join(", ")})`;
}

const networkText = (word: string): string =>
  word === "samehost"
    ? "the server's own addresses"
    : word === "samenet"
      ? "the server's own networks"
      : word;

export const usersText = (words: readonly string[]): string =>
  words.includes(ANYBODY) ? "anybody" : few(words);
export const databasesText = few;

/** A long list by its beginning. */
export function few(words: readonly string[]): string {
  return words.length <= MOST_NAMED
    ? words.join(", ")
    : `${words.slice(0, MOST_NAMED - 1).join(", ")} and ${words.length - MOST_NAMED + 1} more`;
}

const MOST_NAMED = 5;

/** From how far a client may come. */
export type Distance = "everywhere" | "network" | "host" | "loopback" | "socket";

export function farthest(words: readonly string[]): Distance {
  if (words.some(isAnywhere)) return "everywhere";
  const remote = words.filter(isRemoteWord);
  if (remote.length > 0)
    return remote.some((word) => word.includes("/") || word === "samenet") ? "network" : "host";
  return words.some((word) => word !== "socket") ? "loopback" : "socket";
}

/** Whether connections are encrypted: "needless" where it makes no difference. */
export type Encryption = "required" | "optional" | "none" | "needless";

export function encryptionOf(ways: Ways): Encryption {
  if ((ways & ~SOCKET) === 0) return "needless";
  if ((ways & PLAIN) === 0) return "required";
  return (ways & TLS) === 0 ? "none" : "optional";
}

/** "bob (a member of staff) to database app from 10.0.0.1 without TLS" */
export function witnessText({
  user,
  database,
  address,
  tls,
  gss,
  replication,
  roles,
  interfaces,
  hostnames,
}: Witness): string {
  const memberOf = roles[user]?.memberOf ?? [];
  const who = memberOf.length > 0 ? `${user} (a member of ${memberOf.join(", ")})` : user;
  const to = replication ? "for replication" : `to database ${database}`;
  if (address === null) return `${who} ${to} over the Unix socket`;
  const [host] = Object.keys(hostnames);
  const facts = [
    ...(host === undefined ? [] : [`whose name is ${host}`]),
    ...(interfaces.length > 0 ? [`where the server has ${interfaces.join(", ")}`] : []),
  ];
  const how = tls ? "with TLS" : gss ? "with GSSAPI encryption" : "without TLS";
  return `${who} ${to} from ${address}${facts.length > 0 ? ` (${facts.join(", ")})` : ""} ${how}`;
}

/** "such as bob to database app over the Unix socket, unless bob is a member of staff" */
export const exampleText = (witness: Witness, unless: readonly string[]): string =>
  `such as ${witnessText(witness)}${unless.length > 0 ? `, unless ${unless.join(" or ")}` : ""}`;

/** Makes one row of those that have the same key and two equal columns, until there are none. */
export function merged<Row extends Cells>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  join: (first: Row, all: readonly Row[]) => Row,
): readonly Row[] {
  let left = rows;
  for (let before = Number.POSITIVE_INFINITY; left.length < before; ) {
    before = left.length;
    for (const column of COLUMNS) left = mergedIn(column, left, keyOf, join);
  }
  return left;
}

const COLUMNS = ["from", "users", "databases"] as const;

function mergedIn<Row extends Cells>(
  column: keyof Cells,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  join: (first: Row, all: readonly Row[]) => Row,
): readonly Row[] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const others = COLUMNS.filter((name) => name !== column).map((name) => row[name].toSorted().join("\n"));
    const key = [keyOf(row), ...others].join("\n\n");
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    return group.length === 1
      ? first
      : { ...join(first, group), [column]: union(group.flatMap((row) => row[column])) };
  });
}

/** `all` says it all, but for replication. */
export function union(words: readonly string[]): readonly string[] {
  const all = [...new Set(words)];
  return all.includes(ANYBODY) ? all.filter((word) => word === ANYBODY || word === "replication") : all;
}
