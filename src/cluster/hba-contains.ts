import type { Ip } from "../access/address.ts";
import type { AuthToken } from "../syntax/auth-tokens.ts";
import type { HbaAddress, HbaFile, HbaLine, HbaType } from "./hba.ts";

/** How a connection comes in, one bit each: what a record's type is a set of. */
export const PLAIN = 1;
export const TLS = 2;
export const GSS = 4;
export const SOCKET = 8;

const TRANSPORTS: Readonly<Record<HbaType, number>> = {
  local: SOCKET,
  host: PLAIN | TLS | GSS,
  hostssl: TLS,
  hostnossl: PLAIN | GSS,
  hostgssenc: GSS,
  hostnogssenc: PLAIN | TLS,
};

const NONE: readonly never[] = [];

/** What the records before it leave of a record. */
export interface Remainder {
  readonly line: HbaLine;
  /** The transports on which some connection still gets to it; 0 where it never matches. */
  readonly open: number;
  /** Where it never matches: the records that take its connections. */
  readonly by: readonly HbaLine[];
}

/** Above that, a record's pairs of a database and a user are not looked at: it counts as open, and as taking nothing. */
const MOST_PAIRS = 1000;

/**
 * Goes through the file once. What is said holds for every membership of roles, every answer of a name server and
 * every network interface: a record is closed only where the earlier ones contain it.
 */
export function remainders({ lines, version }: Pick<HbaFile, "lines" | "version">): Remainder[] {
  const regexes = version.major >= 16;
  const taken = new Taken();
  return lines.map((line) => {
    const databases = line.databases.map((token) => databaseKey(token, regexes));
    const users = line.users.map((token) => userKey(token, regexes));
    const transports = TRANSPORTS[line.type];
    if (databases.length > 1 && users.length > 1 && databases.length * users.length > MOST_PAIRS)
      return { line, open: transports, by: NONE };
    const place = placeKey(line.address);
    const remainder = taken.remainder(line, transports, databases, users, place);
    if (remainder.open !== 0)
      for (const database of databases)
        for (const user of users) taken.cover(database, user).add(place, transports, line);
    return remainder;
  });
}

/** Elements of the lists, by what they match: equal keys match the same names. */
const ALL = "all";
const REPLICATION = "replication";

const DATABASE_WORDS = new Set([ALL, REPLICATION, "sameuser", "samerole", "samegroup"]);

/** Does a token that stands for an expression find itself in every name? */
export const matchesEveryName = (text: string): boolean => /^\/\^?(?:\(?\.[*+]\)?)?\$?$/.test(text);

function databaseKey({ text, quoted }: AuthToken, regexes: boolean): string {
  if (regexes && text.startsWith("/") && matchesEveryName(text)) return ALL;
  if (quoted && DATABASE_WORDS.has(text)) return `\0${text}`;
  return !quoted && text === "samegroup" ? "samerole" : text;
}

function userKey({ text, quoted }: AuthToken, regexes: boolean): string {
  if (regexes && text.startsWith("/") && matchesEveryName(text)) return ALL;
  return quoted && (text === ALL || text.startsWith("+")) ? `\0${text}` : text;
}

/** An address ready for comparing: a word, or a network as 32-bit words. */
type PlaceKey =
  | { readonly word: string; readonly suffixes: readonly string[] }
  | { readonly ip: Words; readonly mask: Words };
type Words = readonly number[];

const EVERYWHERE: PlaceKey = { word: ALL, suffixes: [] };

/** `samehost` lies in `samenet`, a host name in those that begin with a dot; the colon tells a name from a word. */
function placeKey(address: HbaAddress | null): PlaceKey {
  if (address === null) return EVERYWHERE;
  if (address.kind === "network") return { ip: wordsOf(address.ip), mask: maskWords(address.mask) };
  if (address.kind === "samehost") return { word: "samehost", suffixes: ["samenet"] };
  if (address.kind !== "name") return { word: address.kind, suffixes: [] };
  const name = address.name.toLowerCase();
  const suffixes: string[] = [];
  for (let dot = name.indexOf(".", 1); dot !== -1; dot = name.indexOf(".", dot + 1))
    suffixes.push(`:${name.slice(dot)}`);
  return { word: `:${name}`, suffixes };
}

const masks = new WeakMap<Ip, Words>();

/** A large file has few netmasks, and one array for each of them. */
function maskWords(mask: Ip): Words {
  const known = masks.get(mask) ?? wordsOf(mask);
  masks.set(mask, known);
  return known;
}

const word32 = ([a = 0, b = 0, c = 0, d = 0]: Ip) => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;

function wordsOf(ip: Ip): Words {
  if (ip.length === 4) return [word32(ip)];
  const words: number[] = [];
  for (let at = 0; at < ip.length; at += 4) words.push(word32(ip.slice(at, at + 4)));
  return words;
}

/** The transports of one address that earlier records take, and those records: the first for each transport. */
class Share {
  bits = 0;
  lines: readonly HbaLine[] = NONE;

  add(bits: number, lines: readonly HbaLine[]): void {
    if ((bits & ~this.bits) === 0) return;
    this.bits |= bits;
    this.lines = this.lines === NONE ? lines : [...this.lines, ...lines];
  }
}

/** A map that mostly has one entry: a large file has a hundred thousand of them. */
class Few<Key, Value> {
  readonly #key: Key;
  readonly #value: Value;
  #more: Map<Key, Value> | undefined;

  constructor(key: Key, value: Value) {
    this.#key = key;
    this.#value = value;
  }

  get(key: Key): Value | undefined {
    return key === this.#key ? this.#value : this.#more?.get(key);
  }

  set(key: Key, value: Value): void {
    this.#more ??= new Map();
    this.#more.set(key, value);
  }
}

/** The networks of one netmask. */
interface Networks {
  readonly mask: Words;
  readonly shares: Few<number | string, Share>;
}

/** More different netmasks than a file can mean; those beyond take nothing. */
const MOST_MASKS = 200;

/** The addresses from which one database and one user are taken. */
class Cover {
  #words: Few<string, Share> | undefined;
  #networks: readonly Networks[] = [];

  add(place: PlaceKey, bits: number, line: HbaLine): void {
    if ("word" in place) {
      this.#word(place.word).add(bits, [line]);
      return;
    }
    const share = this.#network(place.ip, place.mask);
    share?.add(bits, [line]);
    if (share && isZero(place.mask)) this.#joinFamilies(place.mask.length, share);
  }

  /** Every IPv4 address and every IPv6 address are all addresses. */
  #joinFamilies(length: number, share: Share): void {
    const other = this.#networks.find(({ mask }) => mask.length !== length && isZero(mask));
    const others = other && this.#network(other.mask, other.mask);
    if (others) this.#word(ALL).add(others.bits & share.bits, [...others.lines, ...share.lines]);
  }

  /** Adds what is taken of every address in `place`. */
  collect(place: PlaceKey, into: Share): void {
    if ("mask" in place) collectNetworks(this.#networks, place, into);
    if (this.#words) collectWords(this.#words, place, into);
  }

  #word(word: string): Share {
    const known = this.#words?.get(word);
    if (known) return known;
    const share = new Share();
    if (this.#words) this.#words.set(word, share);
    else this.#words = new Few(word, share);
    return share;
  }

  #network(ip: Words, mask: Words): Share | undefined {
    const key = networkOf(ip, mask);
    const networks = this.#networks.find((known) => isSame(known.mask, mask));
    const known = networks?.shares.get(key);
    if (known || (!networks && this.#networks.length >= MOST_MASKS)) return known;
    const share = new Share();
    if (networks) networks.shares.set(key, share);
    else this.#networks = [...this.#networks, { mask, shares: new Few(key, share) }];
    return share;
  }
}

function collectNetworks(
  networks: readonly Networks[],
  { ip, mask: narrow }: Extract<PlaceKey, { mask: Words }>,
  into: Share,
): void {
  for (const { mask, shares } of networks) {
    const share = isWider(mask, narrow) ? shares.get(networkOf(ip, mask)) : undefined;
    if (share) into.add(share.bits, share.lines);
  }
}

function collectWords(words: Few<string, Share>, place: PlaceKey, into: Share): void {
  const within = "word" in place ? [ALL, place.word, ...place.suffixes] : [ALL];
  for (const word of within) {
    const share = words.get(word);
    if (share) into.add(share.bits, share.lines);
  }
}

const isZero = (mask: Words) => mask.every((word) => word === 0);
const isSame = (a: Words, b: Words) =>
  a === b || (a.length === b.length && a.every((word, at) => word === b[at]));

/** Whatever `narrow` compares, `wide` compares no more; both of one family. */
const isWider = (wide: Words, narrow: Words) =>
  wide.length === narrow.length && wide.every((word, at) => (word & ~(narrow[at] ?? 0)) === 0);

function networkOf(ip: Words, mask: Words): number | string {
  const first = (ip[0] ?? 0) & (mask[0] ?? 0);
  return ip.length === 1 ? first : ip.map((word, at) => word & (mask[at] ?? 0)).join(":");
}

/** Those that come by the transports in question, each once. */
function linesOf(shares: readonly Share[], transports: number): readonly HbaLine[] {
  const lines = new Set(shares.flatMap(({ lines }) => lines));
  return [...lines].filter(({ type }) => (TRANSPORTS[type] & transports) !== 0);
}

/** What is taken so far, by database and user. */
class Taken {
  readonly #covers = new Map<string, Map<string, Cover>>();

  cover(database: string, user: string): Cover {
    const users = this.#covers.get(database) ?? new Map<string, Cover>();
    this.#covers.set(database, users);
    const cover = users.get(user) ?? new Cover();
    users.set(user, cover);
    return cover;
  }

  remainder(
    line: HbaLine,
    transports: number,
    databases: readonly string[],
    users: readonly string[],
    place: PlaceKey,
  ): Remainder {
    const by: Share[] = [];
    let open = 0;
    for (const database of databases)
      for (const user of users) {
        const share = this.#takenOf(database, user, place);
        open |= transports & ~share.bits;
        if (open === transports) return { line, open, by: NONE };
        by.push(share);
      }
    return { line, open, by: open === 0 ? linesOf(by, transports) : NONE };
  }

  /** `all` is every database, but not the physical replication that has no database. */
  #takenOf(database: string, user: string, place: PlaceKey): Share {
    const share = new Share();
    this.#collect(this.#covers.get(database), user, place, share);
    if (database !== ALL && database !== REPLICATION)
      this.#collect(this.#covers.get(ALL), user, place, share);
    return share;
  }

  #collect(users: ReadonlyMap<string, Cover> | undefined, user: string, place: PlaceKey, share: Share): void {
    users?.get(user)?.collect(place, share);
    if (user !== ALL) users?.get(ALL)?.collect(place, share);
  }
}
